//! Which sums follow from which: vectors over the integers modulo a large prime.
//!
//! Vectors of zeros and ones that depend on each other over the rationals do so modulo the prime. The other way round it
//! may happen by chance, once in about 2⁶¹: then a group that could be shown is not.

/// 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

/// A combination of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vector(Vec<u64>);

impl Vector {
    /// The vector with a one at each of these places.
    pub(super) fn of(places: &[usize], length: usize) -> Self {
        let mut vector = vec![0; length];
        for place in places {
            vector[*place] = 1;
        }
        Self(vector)
    }

    /// Whether it has nothing in it.
    pub(super) fn is_zero(&self) -> bool {
        self.pivot().is_none()
    }

    /// Whether it and another one are the same but for a factor; neither may be zero.
    pub(super) fn is_multiple_of(&self, other: &Self) -> bool {
        let pivot = self.pivot();
        if pivot != other.pivot() {
            return false;
        }
        let mut rest = self.clone();
        rest.take_out(other);
        rest.is_zero()
    }

    /// Takes out so much of another vector that nothing is left at its first place.
    pub(super) fn take_out(&mut self, other: &Self) {
        let Some(pivot) = other.pivot().filter(|pivot| self.0[*pivot] != 0) else { return };
        let factor = times(self.0[pivot], inverse(other.0[pivot]));
        for (mine, theirs) in self.0.iter_mut().zip(&other.0).skip(pivot).filter(|(_, theirs)| **theirs != 0)
        {
            *mine = minus(*mine, times(factor, *theirs));
        }
    }

    /// Sets the mark at the first place so that the sum of the marks, each times what the vector has there, is zero.
    pub(super) fn make_zero(&self, marks: &mut [u64]) {
        let Some(pivot) = self.pivot() else { return };
        let others = self.0.iter().zip(&*marks).skip(pivot + 1).filter(|(number, _)| **number != 0);
        let sum = others.fold(0, |sum, (number, mark)| plus(sum, times(*number, *mark)));
        marks[pivot] = times(opposite(sum), inverse(self.0[pivot]));
    }

    fn pivot(&self) -> Option<usize> {
        self.0.iter().position(|number| *number != 0)
    }
}

/// Everything that follows from the vectors put into it.
#[derive(Debug, Default)]
pub(super) struct Space(Vec<Vector>);

impl Space {
    /// What of a vector does not follow.
    pub(super) fn rest(&self, mut vector: Vector) -> Vector {
        self.0.iter().for_each(|known| vector.take_out(known));
        vector
    }

    /// Puts in the rest of a vector.
    pub(super) fn add(&mut self, rest: Vector) {
        if !rest.is_zero() {
            self.0.push(rest);
        }
    }

    /// The same for all its vectors. A later one has nothing at the first place of an earlier one.
    pub(super) fn make_zero(&self, marks: &mut [u64]) {
        self.0.iter().rev().for_each(|known| known.make_zero(marks));
    }
}

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    // 2⁶¹ counts as 1, so the upper bits are added to the lower ones.
    let [low, high] = [product & u128::from(PRIME), product >> 61];
    let sum = u64::try_from(low + high).expect("two numbers of 61 bits");
    if sum >= PRIME { sum - PRIME } else { sum }
}

/// The sum of two.
pub(super) fn plus(a: u64, b: u64) -> u64 {
    minus(a, opposite(b))
}

/// What a number and its opposite add up to is zero.
pub(super) fn opposite(a: u64) -> u64 {
    if a == 0 { 0 } else { PRIME - a }
}

/// A number for a place that has nothing to do with those of other places.
pub(super) fn scattered(place: usize) -> u64 {
    let mixed = [0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB]
        .into_iter()
        .fold((place as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15), |number, factor: u64| {
            (number ^ (number >> 30)).wrapping_mul(factor)
        });
    (mixed ^ (mixed >> 31)) % PRIME
}

fn minus(a: u64, b: u64) -> u64 {
    if a >= b { a - b } else { a + PRIME - b }
}

/// By Fermat's little theorem.
fn inverse(number: u64) -> u64 {
    if number == 1 {
        return 1;
    }
    let (mut result, mut base, mut exponent) = (1, number, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}
