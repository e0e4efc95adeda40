"""The process that assembles for a page: a spec on standard input, the answer on standard output, seconds as argument."""

import json
import sys

from plans.assembly.apart import UNDECIDED
from plans.assembly.choosing import assemble
from plans.assembly.reading import spec_from
from plans.assembly.spec import Undecided
from plans.assembly.writing import written

try:
    answer = assemble(spec_from(sys.stdin.read()), seconds=float(sys.argv[1]))
except Undecided:
    sys.exit(UNDECIDED)
sys.stdout.write(json.dumps(written(answer)))
