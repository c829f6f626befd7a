//! What a list of times says.

/// The time below which this share of them lies, in per cent; of an empty list 0.
pub fn percentile(times: &[f64], share: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or(0.0)
}

/// The time in the middle.
pub fn median(times: &[f64]) -> f64 {
    percentile(times, 50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hundred_times_one_is_above_the_99th_percentile() {
        let times: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(percentile(&times, 99), 99.0);
        assert_eq!(median(&times), 50.0);
        assert_eq!(median(&[]), 0.0);
    }
}
