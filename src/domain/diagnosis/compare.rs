//! Two diagnoses side by side: the same ladder twice, with the rungs on which they differ.

use super::{Diagnosis, Finding, Rung};

/// One rung of both.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    pub rung: Rung,
    pub left: Option<&'a Finding>,
    pub right: Option<&'a Finding>,
    /// The two do not say the same. How long it took does not count.
    pub differs: bool,
}

/// Puts two diagnoses side by side, in the order of the ladder.
pub fn compare<'a>(left: &'a Diagnosis, right: &'a Diagnosis) -> Vec<Row<'a>> {
    let rows = Rung::ALL.into_iter().map(|rung| {
        let (left, right) = (of(left, rung), of(right, rung));
        Row { rung, left, right, differs: said(left) != said(right) }
    });
    rows.filter(|row| row.left.is_some() || row.right.is_some()).collect()
}

fn of(diagnosis: &Diagnosis, rung: Rung) -> Option<&Finding> {
    diagnosis.findings.iter().find(|finding| finding.rung == rung)
}

fn said(finding: Option<&Finding>) -> Option<(super::Standing, &str, Option<&str>)> {
    finding.map(|it| (it.standing, it.found.en(), it.code.as_deref()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn diagnosis(findings: Vec<Finding>) -> Diagnosis {
        Diagnosis { findings, ..Diagnosis::default() }
    }

    #[test]
    fn rungs_differ_by_what_was_found_and_not_by_how_long_it_took() {
        let slow =
            Finding { took: Some(Duration::from_secs(1)), ..Finding::pass(Rung::Dns, ("1 address", "1 address")) };
        let left = diagnosis(vec![
            Finding::pass(Rung::Dns, ("1 address", "1 address")),
            Finding::pass(Rung::Scopes, ("im", "im")),
        ]);
        let right = diagnosis(vec![slow, Finding::skipped(Rung::Scopes, ("im", "im"))]);
        let rows = compare(&left, &right);
        assert_eq!(
            rows.iter().map(|row| (row.rung, row.differs)).collect::<Vec<_>>(),
            [(Rung::Dns, false), (Rung::Scopes, true)]
        );
    }

    #[test]
    fn a_rung_that_only_one_of_them_reached_differs() {
        let left = diagnosis(vec![Finding::pass(Rung::Load, ("x", "x"))]);
        let right = Diagnosis::default();
        let rows = compare(&left, &right);
        assert!(matches!(rows.as_slice(), [Row { rung: Rung::Load, right: None, differs: true, .. }]));
    }
}
