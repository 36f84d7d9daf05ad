//! snmalloc as the allocator of two threads.
#[global_allocator]
static ALLOCATOR: snmalloc_rs::SnMalloc = snmalloc_rs::SnMalloc;

fn main() {
    let kept: Vec<Vec<u64>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|n| scope.spawn(move || vec![n; 1 << 20]))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(kept[1][12345], 1);
    let usable = ALLOCATOR.usable_size(kept[0].as_ptr().cast()).unwrap();
    assert!(usable >= 8 << 20);
}
