from foundation.frozen import Frozen

FROZEN = [Frozen("accounts.Entry", "{row}.id IS NOT NULL")]
