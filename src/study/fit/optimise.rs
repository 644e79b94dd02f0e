//! Fitting weights: the loss of choices made by weighed features, and its minimum.

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use rayon::prelude::*;
use std::cell::RefCell;

/// A row of features, and the class that is right; or where any number may be, a bit for each that is.
#[derive(Debug, Clone)]
pub struct Row {
    pub features: Vec<(u32, f32)>,
    pub right: u16,
    /// How much it counts.
    pub weight: f32,
}

/// Which weights are fitted: for each feature, the classes it has one for. A feature of all classes is
/// as good as one of none for telling them apart, so few are needed.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Per feature, where its weights begin; one more at the end.
    first: Vec<u32>,
    /// The class of each weight, and its feature.
    classes: Vec<u16>,
    features: Vec<u32>,
    pub number_of_classes: usize,
}

impl Shape {
    /// Every feature weighs for every class.
    pub fn full(features: usize, classes: usize) -> Self {
        Self::of(classes, (0..features).map(|_| (0..classes as u16).collect()))
    }

    /// Of one class alone, the other is to be of none.
    pub fn of(classes: usize, features: impl IntoIterator<Item = Vec<u16>>) -> Self {
        let number_of_classes = classes.max(2);
        let mut shape = Self { first: vec![0], classes: Vec::new(), features: Vec::new(), number_of_classes };
        for (feature, classes) in features.into_iter().enumerate() {
            shape.features.extend(classes.iter().map(|_| feature as u32));
            shape.classes.extend(classes);
            shape.first.push(shape.classes.len() as u32);
        }
        shape
    }

    pub fn features(&self) -> usize {
        self.first.len() - 1
    }

    /// The weights of a feature, each with its class.
    pub fn of_feature(&self, feature: u32) -> impl Iterator<Item = (usize, u16)> + '_ {
        let at = |n: u32| self.first[n as usize] as usize;
        (at(feature)..at(feature + 1)).map(|n| (n, self.classes[n]))
    }
}

/// A loss over weights: how far off they are, and which way is better.
pub trait Loss: Sync {
    fn weights(&self) -> usize;
    /// The loss of a share of the examples; adds its gradient.
    fn add(&self, share: usize, of: usize, weights: &[f64], gradient: &mut [f64]) -> f64;
    /// The penalty of the square of each weight.
    fn penalty(&self, weight: usize) -> f64;
}

/// Logistic regression: a class for each row, by the sum of its features' weights.
#[derive(Debug)]
pub struct Classes<'a> {
    pub rows: Vec<&'a Row>,
    pub shape: &'a Shape,
    /// Whether each class is right or wrong by itself.
    pub yes_or_no: bool,
    /// Of each feature.
    pub penalties: &'a [f64],
}

impl Loss for Classes<'_> {
    fn weights(&self) -> usize {
        self.shape.classes.len()
    }

    fn add(&self, share: usize, of: usize, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let mut sums = vec![0.0; self.shape.number_of_classes];
        let mut loss = 0.0;
        for row in self.rows.iter().skip(share).step_by(of) {
            sums.fill(0.0);
            for &(feature, value) in &row.features {
                for (n, class) in self.shape.of_feature(feature) {
                    sums[usize::from(class)] += weights[n] * f64::from(value);
                }
            }
            let weight = f64::from(row.weight);
            loss += weight
                * if self.yes_or_no {
                    each_right(&mut sums, |class| row.right >> class & 1 == 1)
                } else {
                    less_right(&mut sums, usize::from(row.right))
                };
            for &(feature, value) in &row.features {
                for (n, class) in self.shape.of_feature(feature) {
                    gradient[n] += weight * sums[usize::from(class)] * f64::from(value);
                }
            }
        }
        loss
    }

    fn penalty(&self, weight: usize) -> f64 {
        self.penalties[self.shape.features[weight] as usize]
    }
}

/// One choice: the options, each by its signals, and which is right.
#[derive(Debug, Clone)]
pub struct Choice {
    pub options: Vec<Vec<(u32, f32)>>,
    pub right: usize,
}

/// Conditional logistic regression: the options of a choice share their weights.
#[derive(Debug)]
pub struct Choices<'a> {
    pub choices: &'a [Choice],
    pub weights: usize,
    pub penalty: f64,
}

impl Loss for Choices<'_> {
    fn weights(&self) -> usize {
        self.weights
    }

    fn add(&self, share: usize, of: usize, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for choice in self.choices.iter().skip(share).step_by(of) {
            let sum = |option: &Vec<(u32, f32)>| -> f64 {
                option.iter().map(|(n, value)| weights[*n as usize] * f64::from(*value)).sum()
            };
            let mut sums: Vec<f64> = choice.options.iter().map(sum).collect();
            loss += less_right(&mut sums, choice.right);
            for (option, slope) in choice.options.iter().zip(&sums) {
                for (n, value) in option {
                    gradient[*n as usize] += slope * f64::from(*value);
                }
            }
        }
        loss
    }

    fn penalty(&self, _: usize) -> f64 {
        self.penalty
    }
}

/// The loss of sums of which one is right; the sums become its slope.
fn less_right(sums: &mut [f64], right: usize) -> f64 {
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let all: f64 = sums.iter().map(|sum| (sum - most).exp()).sum();
    let loss = most + all.ln() - sums[right];
    sums.iter_mut().for_each(|sum| *sum = (*sum - most).exp() / all);
    sums[right] -= 1.0;
    loss
}

/// The same where any of some classes is right.
pub fn less_any(sums: &mut [f64], right: &[usize]) -> f64 {
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    sums.iter_mut().for_each(|sum| *sum = (*sum - most).exp());
    let all: f64 = sums.iter().sum();
    let of_right = right.iter().map(|class| sums[*class]).sum::<f64>().max(f64::MIN_POSITIVE);
    let shares: Vec<f64> = right.iter().map(|class| sums[*class] / of_right).collect();
    sums.iter_mut().for_each(|sum| *sum /= all);
    right.iter().zip(shares).for_each(|(class, share)| sums[*class] -= share);
    all.ln() - of_right.ln()
}

/// The same where each is right or wrong by itself.
pub fn each_right(sums: &mut [f64], is_right: impl Fn(usize) -> bool) -> f64 {
    let mut loss = 0.0;
    for (n, sum) in sums.iter_mut().enumerate() {
        let is = f64::from(u8::from(is_right(n)));
        loss += sum.max(0.0) - is * *sum + (-sum.abs()).exp().ln_1p();
        *sum = 1.0 / (1.0 + (-*sum).exp()) - is;
    }
    loss
}

/// The weights of least loss, by L-BFGS. The same examples give the same weights on any number of cores:
/// the shares are always summed in one order.
pub fn fit(loss: &impl Loss, rounds: u64) -> anyhow::Result<Vec<f64>> {
    let problem = Problem { loss, last: RefCell::default() };
    let search = MoreThuenteLineSearch::new().with_c(1e-4, 0.9).map_err(|e| anyhow::anyhow!("{e}"))?;
    let solver = LBFGS::new(search, 7);
    let start = vec![0.0; loss.weights()];
    let done = Executor::new(problem, solver)
        .configure(|state| state.param(start).max_iters(rounds))
        .run()
        .map_err(|e| anyhow::anyhow!("the weights can't be fitted: {e}"))?;
    done.state().get_best_param().cloned().ok_or_else(|| anyhow::anyhow!("no weights were found"))
}

struct Problem<'a, L> {
    loss: &'a L,
    /// The last weights asked about, with their loss and gradient: both are found in one pass.
    last: RefCell<(Vec<f64>, f64, Vec<f64>)>,
}

impl<L: Loss> Problem<'_, L> {
    fn both(&self, weights: &[f64]) -> (f64, Vec<f64>) {
        const SHARES: usize = 4;
        if self.last.borrow().0 == weights {
            let last = self.last.borrow();
            return (last.1, last.2.clone());
        }
        let of_share = |share: usize| {
            let mut gradient = vec![0.0; weights.len()];
            let loss = self.loss.add(share, SHARES, weights, &mut gradient);
            (loss, gradient)
        };
        let shares: Vec<(f64, Vec<f64>)> = (0..SHARES).into_par_iter().map(of_share).collect();
        let mut loss = 0.0;
        let mut gradient = vec![0.0; weights.len()];
        for (share_loss, share_gradient) in shares {
            loss += share_loss;
            gradient.iter_mut().zip(share_gradient).for_each(|(sum, more)| *sum += more);
        }
        for (n, weight) in weights.iter().enumerate() {
            let penalty = self.loss.penalty(n);
            loss += 0.5 * penalty * weight * weight;
            gradient[n] += penalty * weight;
        }
        *self.last.borrow_mut() = (weights.to_vec(), loss, gradient.clone());
        (loss, gradient)
    }
}

impl<L: Loss> CostFunction for Problem<'_, L> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.both(weights).0)
    }
}

impl<L: Loss> Gradient for Problem<'_, L> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, Error> {
        Ok(self.both(weights).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_the_classes_apart_gets_the_weight() {
        let row =
            |feature: u32, right: u16| Row { features: vec![(0, 1.0), (feature, 1.0)], right, weight: 1.0 };
        let rows = [row(1, 0), row(1, 0), row(2, 1), row(2, 1), row(2, 1)];
        let shape = Shape::full(3, 2);
        let loss = Classes {
            rows: rows.iter().collect(),
            shape: &shape,
            yes_or_no: false,
            penalties: &[0.001, 0.1, 0.1],
        };
        let weights = fit(&loss, 50).unwrap();
        let of = |feature: u32, class: u16| {
            shape.of_feature(feature).find(|(_, c)| *c == class).map(|(n, _)| weights[n]).unwrap()
        };
        assert!(of(1, 0) > 1.0 && of(2, 1) > 1.0 && of(1, 1) < -1.0, "{weights:?}");
    }

    #[test]
    fn any_number_of_classes_may_be_right() {
        let row = |feature: u32, right: u16| Row { features: vec![(feature, 1.0)], right, weight: 1.0 };
        let rows = [row(0, 0b11), row(0, 0b11), row(1, 0b01), row(1, 0b00)];
        let shape = Shape::full(2, 2);
        let loss =
            Classes { rows: rows.iter().collect(), shape: &shape, yes_or_no: true, penalties: &[0.1, 0.1] };
        let weights = fit(&loss, 50).unwrap();
        let of = |feature: u32, class: u16| {
            shape.of_feature(feature).find(|(_, c)| *c == class).map(|(n, _)| weights[n]).unwrap()
        };
        assert!(of(0, 0) > 1.0 && of(0, 1) > 1.0, "{weights:?}");
        assert!(of(1, 0).abs() < 0.01 && of(1, 1) < -1.0, "{weights:?}");
    }

    #[test]
    fn options_share_what_is_learned_of_their_signals() {
        let choice = |right: usize| Choice {
            options: (0..3).map(|n| if n == right { vec![(0, 1.0)] } else { vec![(1, 1.0)] }).collect(),
            right,
        };
        let choices = [choice(0), choice(2), choice(1)];
        let weights = fit(&Choices { choices: &choices, weights: 2, penalty: 0.1 }, 50).unwrap();
        assert!(weights[0] > 0.5 && weights[1] < -0.5, "{weights:?}");
    }
}
