"""The planets of the Sun, step by step: `nbody.py [SIZE]`, 10 times 10,000 steps unless told.

Arithmetic on floats in lists, and hardly a call. The energy, which a right integration keeps, is known.
"""
import math

import script

STEPS = 1_000
TIMES = 10
STEP = 0.01
# Of the system after 1,000 steps, as the Computer Language Benchmarks Game publishes it; a wrong force shows in it.
EXPECTED = "-0.169087605"
DAYS = 365.24
SUN = 4 * math.pi * math.pi

# Position and velocity (astronomical units, days) and mass (suns) of the Sun and the four great planets.
PLANETS = [
    ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 1.0),
    ([4.84143144246472090, -1.16032004402742839, -0.103622044471123109],
     [0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023], 0.000954791938424326609),
    ([8.34336671824457987, 4.12479856412430479, -0.403523417114321381],
     [-0.00276742510726411172, 0.00499852801234917238, 0.0000230417297573763929], 0.000285885980666130812),
    ([12.8943695621391310, -15.1111514016986312, -0.223307578892655734],
     [0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556], 0.0000436624404335156298),
    ([15.3796971148509165, -25.9193146099879641, 0.179258772950371181],
     [0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870], 0.0000515138902046611451),
]


def system():
    """All bodies, with the Sun moving so that the whole stands still."""
    bodies = [(list(place), [part * DAYS for part in speed], mass * SUN) for place, speed, mass in PLANETS]
    sun = bodies[0]
    for axis in range(3):
        sun[1][axis] = -sum(speed[axis] * mass for _, speed, mass in bodies[1:]) / sun[2]
    return bodies


def advance(bodies, steps):
    pairs = [(a, b) for number, a in enumerate(bodies) for b in bodies[number + 1:]]
    for _ in range(steps):
        for (place, speed, mass), (other_place, other_speed, other_mass) in pairs:
            x = place[0] - other_place[0]
            y = place[1] - other_place[1]
            z = place[2] - other_place[2]
            force = STEP * (x * x + y * y + z * z) ** -1.5
            pull, push = other_mass * force, mass * force
            speed[0] -= x * pull
            speed[1] -= y * pull
            speed[2] -= z * pull
            other_speed[0] += x * push
            other_speed[1] += y * push
            other_speed[2] += z * push
        for place, speed, _ in bodies:
            place[0] += STEP * speed[0]
            place[1] += STEP * speed[1]
            place[2] += STEP * speed[2]


def energy(bodies):
    total = sum(mass * sum(part * part for part in speed) / 2 for _, speed, mass in bodies)
    for number, (place, _, mass) in enumerate(bodies):
        total -= sum(mass * other_mass / math.dist(place, other) for other, _, other_mass in bodies[number + 1:])
    return total


def main():
    for _ in range(script.size(10) * TIMES):
        bodies = system()
        advance(bodies, STEPS)
        script.check(f"{energy(bodies):.9f}", EXPECTED)
    print(EXPECTED)


if __name__ == "__main__":
    main()
