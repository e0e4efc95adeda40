"""The figures of the deep-learning questions, recomputed from first principles."""

import ast
from math import cos, exp, log, log10, pi, sqrt
from struct import pack, unpack

from tests.questions.records import code, says

GIB = 2**30


def softmax(scores):
    """The weights of some scores, to three places as text."""
    powers = [exp(score) for score in scores]
    return [f"{power / sum(powers):.3f}" for power in powers]


def test_trees_or_a_net():
    slug = "trees-or-a-net"
    orders, scored = 38_000, 6_300
    assert round(orders / 24 * 4, -2) == scored
    assert round(scored * 0.11) == 693
    says(slug, "693 late", f"{60 * 25 // 60} hours", f"{60 * 40 // 60} minutes", f"{orders * 0.65:,.0f} notes")
    assert round(orders / 3_100) == 12
    seed_noise = sqrt((0.004**2 + 0.012**2) / 5)
    says(slug, f"{0.01 / seed_noise:.1f} standard errors", "about twelve orders")


def test_encoder_decoder_and_attention():
    slug = "encoder-decoder-and-attention"
    query, values = (2, 0, 1, 1), [(10, 0), (0, 10), (5, 5)]
    keys = [(1, 0, 1, 1), (1, 3, 0, 0), (0, 2, 1, -1)]
    scores = [sum(q * k for q, k in zip(query, key, strict=True)) for key in keys]
    assert scores == [4, 2, 0]
    scaled = [score / sqrt(4) for score in scores]
    weights = softmax(scaled)
    output = [sum(float(w) * value[at] for w, value in zip(weights, values, strict=True)) for at in (0, 1)]
    says(slug, *(", ".join(row) for row in (weights, softmax(scores), softmax(scaled[:2]))))
    says(slug, f"({output[0]:.2f}, {output[1]:.2f})", f"{exp(1):.3f}", f"{exp(2):.3f}", f"{exp(4):.3f}")
    says(slug, f"{4096**2 / 1e6:.1f} million", f"{8192**2 / 1e6:.1f} million", f"{4096**2 * 2 // 2**20} MiB")


def test_attention_code_that_peeks():
    slug = "attention-code-that-peeks"
    faulty, mended = code(slug)
    names: dict = {}
    exec(faulty, names)  # noqa: S102 - our own record
    queries, values = [(2, 0, 0, 0), (0, 2, 0, 4)], [(10, 0), (0, 10)]
    keys, later = [(1, 0, 0, 1), (1, 0, 1, 0)], [(1, 0, 0, 1), (2, 0, 1, 0)]

    def printed(keys):
        rows = names["causal_attention"](queries, keys, values)
        return [f"({first:.2f}, {second:.2f})" for first, second in rows]

    says(slug, *printed(keys), *printed(later), f"{exp(2):.3f}", f"{exp(4):.3f}")
    assert printed(keys) == ["(5.00, 0.00)", "(9.82, 0.18)"]
    assert printed(later) == ["(1.19, 0.00)", "(9.82, 0.18)"]
    exec(mended, names)  # noqa: S102
    assert printed(keys) == ["(10.00, 0.00)", "(8.81, 1.19)"]
    assert printed(later)[0] == printed(keys)[0]
    says(slug, "(10.00, 0.00)", "(8.81, 1.19)", f"{exp(2) / (exp(2) + 1):.3f}", f"{1 / (exp(2) + 1):.3f}")
    n = 2048
    says(slug, f"{n * n / 1e6:.1f} million", f"{(2 * n) ** 2 / 1e6:.1f} million", f"{n * (n + 1) // 2:,}", f"{n * n:,}")


def test_kv_cache_on_one_card():
    slug = "kv-cache-on-one-card"
    token = 2 * 32 * 32 * 128 * 2
    chat = token * 4096
    weights = 7e9 * 2
    left = 24 * GIB - 1.7 * GIB - weights
    says(slug, f"{token:,}", f"{token // 1024} KiB", f"{chat / GIB:.0f} GiB", f"{weights / GIB:.1f} GiB")
    assert (f"{left / GIB:.1f}", f"{left / chat:.1f}", left // chat) == ("9.3", "4.6", 4)
    says(slug, "9.3 GiB", "4.6")
    assert (token // 4 // 1024, chat / 4 / GIB, left // (chat / 4)) == (128, 0.5, 18)
    assert f"{9.3 / 0.5:.1f}" == "18.6"
    says(slug, "128 KiB", "0.5 GiB", "18 at once", "18.6")
    assert (chat / 2 / GIB, left // (chat / 2)) == (1, 9)
    four_bits = 7e9 / 2
    freed = 24 * GIB - 1.7 * GIB - four_bits
    assert (f"{four_bits / GIB:.1f}", f"{freed / GIB:.1f}", freed // chat) == ("3.3", "19.0", 9)
    says(slug, "3.5 GB", "3.3 GiB", "19.0 GiB")
    assert left // (token * 1024) == 18
    assert (chat / 8 / GIB, left // (chat / 8)) == (0.25, 37)
    step = (weights + 8 * GIB) / 900e9 * 1000
    says(slug, "0.25 GiB", "37 conversations", f"{step:.0f} ms", f"{1e9 / GIB:.2f} GiB")
    assert (24 * GIB - 1.7 * GIB - weights) / 1e9 // (chat / 1e9) == 4
    says(slug, f"{chat / 1e9:.2f} GB", f"{24 * GIB / 1e9:.1f} GB")


def test_memory_to_train_the_archive_model():
    slug = "memory-to-train-the-archive-model"
    n = 7  # billions, so bytes for each are GB
    state = n * (2 + 2 + 4 + 4 + 4)
    assert state == 112
    says(slug, "112 GB", f"{state / 8:.0f} GB a card", f"{7e9 * 2 / GIB:.1f} GiB")
    optimiser = n * (2 + 2) + n * 12 / 8
    gradients_too = n * 2 + n * 14 / 8
    says(slug, f"{n * 12}/8 = {optimiser} GB", f"{n * 14}/8 = {gradients_too} GB")
    share, kept, again = 64 // 8, 20, 3
    says(slug, f"{share * kept} GB", f"{share * again} GB", f"{state // 8 + share * again} GB", f"{14 + 2 * kept} GB")
    says(slug, f"{14 + 3 * kept} GB", f"{7 * 2 / 32:.2f} GB", f"{n * 10} GB", f"{n * 18} GB", f"{n * 12} GB")
    says(slug, f"{80 - n * 10} GB")
    says(
        slug,
        f"one at a time is {optimiser + kept}",
        "14 plus 40 is 54",
        f"{14 + 3 * kept} leaves nothing",
        f"about {14 + kept} GB",
    )


def test_letters_prompt_adapter_or_full():
    slug = "letters-prompt-adapter-or-full"
    beside, matrix = 16 * (4096 + 4096), 4096 * 4096
    every = 4 * 32 * beside
    says(
        slug, f"{beside:,}", f"{matrix:,}", f"{beside / matrix:.2%}", f"{every / 1e6:.1f} million", f"{every / 7e9:.2%}"
    )
    says(slug, f"{every * 2 / 1e6:.0f} MB", f"{7 * 2} GB", f"{7 * 16} GB")
    letters = 60_000
    wrong = [round(letters * (100 - right) / 100) for right in (78, 88, 89)]
    hours = [number * 6 / 60 for number in wrong]
    says(slug, f"{wrong[0]:,}", f"{hours[0]:,.0f} hours", *(f"{hour:.0f} hours" for hour in hours[1:]))
    says(slug, f"{hours[0] - hours[1]:.0f} hours")
    tokens = [letters * each / 1e6 for each in (3100, 700, 400)]
    says(slug, "186 million, 42 million and 24 million", *(f"£{million * 0.20:.2f}" for million in tokens))
    assert tokens == [186, 42, 24]
    says(slug, f"{0.88 * 400:.0f} against {0.89 * 400:.0f}")
    assert [round(196 * sqrt(p * (1 - p) / 400)) for p in (0.88, 0.89)] == [3, 3]
    assert 62 - 51 == 11
    assert 2 * 0.5**4 == 1 / 8
    says(slug, "1 of 8")


def test_reward_rises_gardeners_leave():
    slug = "reward-rises-gardeners-leave"
    reward, kl = [0.2, 0.9, 1.4, 1.9, 2.4], [0, 4, 9, 25, 60]

    def curve(x):
        return 1 / (1 + exp(-x))

    gains = [r - reward[0] for r in reward[1:]]
    assert [f"{gain:.1f}" for gain in gains] == ["0.7", "1.2", "1.7", "2.2"]
    assert [f"{curve(gain):.2f}" for gain in gains] == ["0.67", "0.77", "0.85", "0.90"]
    says(slug, "| 1 / (1 + e^−x) | " + " | ".join(f"{curve(gain):.2f}" for gain in gains))
    for price, best in [(0.02, 600), (0.05, 400)]:
        value = [r - price * k for r, k in zip(reward, kl, strict=True)]
        says(slug, ", ".join(f"{v:.2f}" for v in value).replace("-", "−"))
        assert value.index(max(value)) * 200 == best
    for share, low, high in [(0.66, "59", "73"), (0.41, "34", "48")]:
        wide = 1.96 * sqrt(share * (1 - share) / 200)
        assert (f"{100 * (share - wide):.0f}", f"{100 * (share + wide):.0f}") == (low, high)
        says(slug, f"{low}% to {high}%")
    margin = 0.1 * (2 - -8)
    says(slug, f"{log(2):.3f}", f"{-log(curve(margin)):.3f}")
    assert margin == 1


def test_four_runs_that_will_not_learn():
    says("four-runs-that-will-not-learn", f"{log(10):.3f}", f"{unpack('<e', bytes([0xFF, 0x7B]))[0]:,.0f}")


def test_gradient_through_fifty_hours():
    slug = "gradient-through-fifty-hours"
    says(slug, f"{1.1**50:.1f}", f"{0.9**50:.3f}")
    says(slug, f"{round(1.1**100, -2):,.0f}")
    gradient = (30, -40)
    norm = sqrt(sum(g * g for g in gradient))
    cut = [g * 5 / norm for g in gradient]
    says(slug, f"{norm:.1f}", f"({cut[0]:.0f}, {cut[1]:.0f})".replace("-", "−"), f"{0.01 * norm}", f"{0.01 * 5}")
    says(slug, f"({-0.01 * 30:.2f}, +{0.01 * 40:.2f})".replace("-", "−"))
    says(slug, f"({-0.01 * cut[0]:.2f}, +{-0.01 * cut[1]:.2f})".replace("-", "−"))
    likeness = (30 * 5 + 40 * 5) / (norm * sqrt(50))
    angle = next(a for a in (x / 100 for x in range(9000)) if cos(a * pi / 180) <= likeness)
    says(slug, f"{angle:.0f} degrees", "(5, −5)")


def test_three_paths_through_one_net():
    slug = "three-paths-through-one-net"
    (block,) = code(slug)
    ast.parse(block)
    sizes, losses = [64, 64, 8], [0.50, 0.50, 1.40]
    parts = [size * loss for size, loss in zip(sizes, losses, strict=True)]
    says(slug, f"{sum(losses) / 3:.2f}", f"{sum(parts) / sum(sizes):.3f}", "(32 + 32 + 11.2)/136")
    assert [round(part, 1) for part in parts] == [32, 32, 11.2]
    says(slug, f"{sum(parts):.1f} over {sum(sizes)}")
    assert sum(sizes) == 136
    assert ((6 - 4) / 2, (6 - 2) / 1) == (1, 4)


def test_net_for_pumps_or_permits():
    slug = "net-for-pumps-or-permits"
    days = [5.9, 6.4, 7.2]
    says(slug, f"{10 * 16_000:,} values", f"{sum(days) / 3:.1f} days")
    found = round(200 * 0.78), round(200 * 0.61)
    says(slug, f"about {found[0]} against {found[1]}", f"about {found[0] - found[1]} of 200")
    assert (77 - 61, 79 - 61) == (16, 18)
    says(slug, "16 to 18 points")


def test_crane_yard_search():
    slug = "crane-yard-search"
    moves = {"a": (0.50, 59, 0.60), "b": (0.30, 29, 0.62), "c": (0.15, 11, 0.40), "d": (0.05, 1, 0.55)}

    def scores():
        visits = sum(n for _, n, _ in moves.values())
        return {name: q + p * sqrt(visits) / (1 + n) for name, (p, n, q) in moves.items()}

    first = scores()
    says(slug, *(f"{score:.3f}" for score in first.values()))
    assert max(first, key=first.__getitem__) == "d"
    moves["d"] = (0.05, 2, (0.55 + 0.15) / 2)
    then = scores()
    assert max(then, key=then.__getitem__) == "b"
    says(slug, f"{moves['d'][2]:.2f}", f"{then['d']:.3f}")
    assert round(30 * log10(20)) == 39
    says(slug, f"{0.40 / sqrt(16):.2f}", f"{16 * 4} ms", f"{200 // 1} points", f"play-outs {200 // 4}")
    says(slug, f"{sqrt(0.10**2 + 0.03**2):.3f}", f"{sqrt(0.10**2 + 0.15**2):.3f}")


def _fields(layers):
    """The receptive field after each (kernel, stride, spacing of taps)."""
    field, jump = 1, 1
    for kernel, stride, spacing in layers:
        field += (kernel - 1) * spacing * jump
        jump *= stride
        yield field


def test_wrist_monitor_receptive_field():
    slug = "wrist-monitor-receptive-field"
    convolutions = [(5, 1, 16), (5, 16, 32), (5, 32, 32)]
    weights = [out * (kernel * into + 1) for kernel, into, out in convolutions] + [3 * (32 + 1)]
    total = sum(weights)
    says(slug, *(f"{count:,}" for count in weights), f"{total:,}", f"{total * 4:,} bytes")
    says(slug, f"{total - 16 - 32 - 32 - 3:,} weights without them")
    fields = list(_fields([(5, 2, 1)] * 8))
    assert fields[:3] == [5, 13, 29]
    says(slug, ", ".join(f"{field:,}" for field in fields[3:]), f"{29 / 250} seconds")
    assert (0.6 * 250, 1.2 * 250) == (150, 300)
    deep = total + 5 * weights[2]
    says(slug, f"{deep:,} weights", f"{deep * 4:,} bytes", f"{deep:,} at 1 byte")
    assert deep < 65_536 < deep * 4
    spaced = list(_fields([(5, 2, 1)] * 3 + [(5, 1, 4), (5, 1, 16)]))[3:]
    assert spaced == [157, 669]
    wider = total + 2 * weights[2]
    says(slug, "157 values", "669 values", f"{wider:,} weights", f"{wider * 2:,} bytes", f"{16 * 8} values")
    assert wider * 4 > 65_536 > wider * 2
    assert (total + weights[2]) * 4 < 65_536 < (total + 2 * weights[2]) * 4
    says(slug, "only one more at four bytes")
    work = [
        length * out * kernel * into for length, (kernel, into, out) in zip((500, 250, 125), convolutions, strict=True)
    ]
    says(slug, " + ".join(f"{part:,}" for part in work) + f" = {sum(work) / 1e6:.2f} million")


def _half(x):
    return unpack("<e", pack("<e", x))[0]


def _bfloat(x):
    bits = unpack("<I", pack("<f", x))[0]
    bits += 0x7FFF + (bits >> 16 & 1)
    return unpack("<f", pack("<I", bits >> 16 << 16))[0]


def test_sixteen_bits_and_a_stalled_run():
    slug = "sixteen-bits-and-a-stalled-run"
    assert _half(2**-24) == 2**-24
    assert _half(2**-25) == _half(2**-27) == 0 < _half(2**-25 * 1.01)
    assert unpack("<e", b"\x01\x3c")[0] - 1 == 2**-10
    assert unpack("<f", pack("<I", 0x3F810000))[0] - 1 == 2**-7 == 8 * 2**-10
    assert unpack("<f", pack("<I", 0x00010000))[0] == 2**-133
    assert unpack("<f", pack("<I", 1))[0] == 2**-149
    assert f"{unpack('<f', pack('<I', 0x7F7F0000))[0]:.1e}" == "3.4e+38"
    assert _half(1.0 + 0.0004) == _bfloat(1.0 + 0.0004) == 1.0
    assert 2**-4 * 2**19 == 2**15 < 65_504 < 2**-4 * 2**20
    says(slug, f"{2**-10:.5f}", f"{2**-7:.4f}", f"{2**-11:.5f}", f"{2**-8:.4f}")
    says(slug, f"{2**15:,}", f"{2**16:,}", "65,504", f"{2**-4 * 2**15:,.0f}", f"{2**10:,}")
    assert 2**-40 * 2**15 == 2**-25
    assert (2**-20) ** 2 == 2**-40


def test_what_a_word_costs_in_tokens():
    slug = "what-a-word-costs-in-tokens"
    names: dict = {}
    exec(code(slug)[0], names)  # noqa: S102
    for word, parts in {"lower": ["lower"], "newer": ["new", "er"], "wren": ["w", "r", "e", "n"]}.items():
        assert names["split"](word) == parts
        says(slug, f"{word} → " + ", ".join(f"`{part}`" for part in parts))
    per_word = 1300 / 1000, 3150 / 900
    assert per_word == (1.3, 3.5)
    for tokens, words, reply in [(1300, 1000, 100), (3150, 900, 90)]:
        millions = tokens * 200_000 / 1e6
        says(slug, f"{millions:.0f} million", f"£{millions * 2:,.0f}", f"{reply * tokens / words:.0f} tokens")
        says(slug, f"{round(4096 / (tokens / words), -1):,.0f}")
    assert 100 * 1.3 / 40 == 3.25
    says(slug, "3.3 seconds", f"{90 * 3.5 / 40:.1f} seconds", f"{3150 / 1300:.1f} times")
    says(slug, f"3.5 × 2.0 = {3.5 * 2.0}", f"2.0 × 3.0 = {2.0 * 3.0}", f"{32_000 * 4096 / 1e6:.0f} million")
    says(slug, f"{900 * 2.0:,.0f} tokens", f"£{900 * 2.0 * 200_000 / 1e6 * 2:,.0f}")


def test_a_rate_schedule_resumed():
    slug = "a-rate-schedule-resumed"
    names: dict = {}
    exec(code(slug)[0], names)  # noqa: S102
    rate = names["rate"]
    says(slug, "| " + " | ".join(f"{rate(step):.5f}" for step in (0, 500, 1000, 4500)) + " |")
    says(slug, f"{rate(5500):.5f} at 5,500", f"{rate(500):.4f} at step 500", f"{rate(10_000):.5f} at 10,000")
    assert round(rate(4500) / rate(10_000)) == 7
    assert rate(10_001) > rate(10_000)
    assert rate(19_000) == max(rate(step) for step in range(10_000, 20_000)) == 0.0004
