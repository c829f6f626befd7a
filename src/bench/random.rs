//! Numbers that are the same in every run.

/// A generator of numbers without a pattern (SplitMix64).
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `below`, without it.
    pub fn below(&mut self, below: u64) -> u64 {
        self.next() % below.max(1)
    }
}

/// Numbers from 0 on, the first far more often than the last: the k-th in proportion to 1/k.
pub struct Zipf {
    /// Sums of the weights, in millionths of the first.
    upto: Vec<u64>,
}

impl Zipf {
    pub fn over(count: usize) -> Self {
        let mut sum = 0;
        let weights = (1..=count as u64).map(|rank| 1_000_000_000 / rank);
        let upto = weights.map(|weight| {
            sum += weight;
            sum
        });
        Self {
            upto: upto.collect(),
        }
    }

    pub fn draw(&self, random: &mut Random) -> usize {
        let at = random.below(self.upto.last().copied().unwrap_or(1));
        self.upto.partition_point(|upto| *upto <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_drawn_twice_as_often_as_the_second() {
        let (zipf, mut random) = (Zipf::over(10), Random::new(7));
        let mut drawn = [0_u32; 10];
        for _ in 0..100_000 {
            drawn[zipf.draw(&mut random)] += 1;
        }
        let twice = f64::from(drawn[0]) / f64::from(drawn[1]);
        assert!((1.9..2.1).contains(&twice), "{drawn:?}");
    }
}
