//! Cutting a long list into pages. Pure.

/// Where in a list one is.
#[derive(Debug)]
pub(crate) struct Pages {
    pub first: usize,
    pub last: usize,
    pub total: usize,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub all: Option<String>,
}

impl Pages {
    /// Page `page` of `total` rows, `size` a page; `link` gives the address of a page. Also which rows.
    pub fn of(
        page: usize,
        total: usize,
        size: usize,
        link: impl Fn(usize) -> String,
    ) -> (Self, std::ops::Range<usize>) {
        let page = page.clamp(1, total.div_ceil(size).max(1));
        let (from, until) = ((page - 1) * size, total.min(page * size));
        let previous = (page > 1).then(|| link(page - 1));
        let next = (until < total).then(|| link(page + 1));
        let first = from + usize::from(from < until);
        (Self { first, last: until, total, previous, next, all: None }, from..until)
    }
}
