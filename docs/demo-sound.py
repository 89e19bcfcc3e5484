"""How demo/content/recordings/slinga.mp3 was made: plucked strings by arithmetic (Karplus and Strong, 1983).

Nobody plays: the demo's people are invented. Needs ffmpeg, for the encoding. Run: python docs/demo-sound.py OUT.mp3
"""

import array
import random
import shutil
import subprocess
import sys

RATE = 22_050  # samples a second
# The scale is hijaz on D: the step from the second to the third tone is wide.
TONES = {"d": 146.8, "es": 155.6, "fis": 185.0, "g": 196.0, "a": 220.0, "bes": 233.1, "c": 261.6, "D": 293.7}
# When each tone begins (seconds), and how hard it is plucked. The last ones wait for each other.
SLINGA = [
    (0.3, "d", 0.9), (1.0, "es", 0.6), (1.3, "fis", 0.8), (2.1, "g", 0.8), (2.4, "fis", 0.5), (2.7, "es", 0.6),
    (3.3, "d", 0.9), (4.6, "a", 0.9), (5.2, "bes", 0.5), (5.45, "a", 0.5), (5.7, "g", 0.7), (6.4, "fis", 0.7),
    (7.0, "g", 0.5), (7.25, "fis", 0.5), (7.5, "es", 0.7), (8.4, "d", 0.9), (9.8, "D", 0.6), (11.2, "d", 0.8),
]  # fmt: skip
LENGTH = 14.5


def plucked(frequency: float, seconds: float, chance: random.Random) -> list[float]:
    """One string: noise that runs round a loop as long as the tone, and loses its sharpness on the way."""
    loop = [chance.uniform(-1, 1) for _ in range(round(RATE / frequency))]
    for _ in range(3):  # a feather, no nail
        loop = [(loop[k - 1] + loop[k]) / 2 for k in range(len(loop))]
    mean = sum(loop) / len(loop)
    loop = [value - mean for value in loop]
    tone, size = [], len(loop)
    for k in range(int(seconds * RATE)):
        here = k % size
        tone.append(loop[here])
        loop[here] = 0.9975 * (0.5 * loop[here] + 0.5 * loop[(here + 1) % size])
    return tone


def played() -> "array.array[int]":
    chance = random.Random(11)  # noqa: S311 (noise, no secret; eleven strings, the same sound each time)
    mix = [0.0] * int(LENGTH * RATE)
    for start, name, force in SLINGA:
        for detune in (0.9985, 1.0015):  # the strings of an oud stand in pairs
            first = int(start * RATE) + (90 if detune > 1 else 0)
            for k, value in enumerate(plucked(TONES[name] * detune, 3.6, chance)):
                if first + k < len(mix):
                    mix[first + k] += force * value
    loudest = max(map(abs, mix))
    fade = [min(1.0, (len(mix) - k) / RATE) for k in range(len(mix))]
    return array.array("h", (int(26_000 * value / loudest * fade[k]) for k, value in enumerate(mix)))


if __name__ == "__main__":
    ffmpeg = shutil.which("ffmpeg") or sys.exit("ffmpeg is needed: apt install ffmpeg")
    raw = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-"]
    mp3 = ["-af", "aecho=0.8:0.6:37|61:0.22|0.14", "-codec:a", "libmp3lame", "-b:a", "56k", "-map_metadata", "-1"]
    words = [ffmpeg, "-loglevel", "error", "-y", *raw, *mp3, sys.argv[1]]
    subprocess.run(words, input=played().tobytes(), check=True)
