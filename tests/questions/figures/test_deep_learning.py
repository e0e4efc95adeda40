"""The figures of the deep-learning questions, recomputed from first principles."""

import ast
import re
from math import cos, exp, log, log2, pi, sqrt
from struct import pack, unpack

import pytest

from tests.questions.records import code, says

GIB = 2**30


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
    optimiser = n * 4 + n * (2 + 2) + 0 - n * 4 + n * 12 / 8
    assert optimiser == n * (2 + 2) + n * 12 / 8 == 38.5
    gradients_too = n * 2 + n * 14 / 8
    says(slug, f"{n * 12}/8 = {optimiser} GB", f"{n * 14}/8 = {gradients_too} GB")
    share, kept, again = 64 // 8, 20, 3
    says(slug, f"{share * kept} GB", f"{share * again} GB", f"{state // 8 + share * again} GB", f"{14 + 2 * kept} GB")
    says(slug, f"{14 + 3 * kept} GB", f"{7 * 2 / 32:.2f} GB", f"{n * 10} GB", f"{n * 18} GB", f"{n * 12} GB")
    says(slug, f"{80 - n * 10} GB")


def test_letters_prompt_adapter_or_full():
    slug = "letters-prompt-adapter-or-full"
    beside, matrix = 16 * (4096 + 4096), 4096 * 4096
    every = 4 * 32 * beside
    says(slug, f"{beside:,}", f"{matrix:,}", f"{beside / matrix:.2%}", f"{every / 1e6:.1f} million", f"{every / 7e9:.2%}")
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
    assert f"{1.1**50 * 1.1**50 / 100:.0f}" == "138"
    says(slug, "13,800")
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
    assert sum(sizes) == 136
    assert ((6 - 4) / 2, (6 - 2) / 1) == (1, 4)
