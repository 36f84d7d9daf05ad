//! mimalloc as the allocator of two threads; it says itself that a block is its own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    assert!(unsafe { libmimalloc_sys::mi_is_in_heap_region(kept[0].as_ptr().cast()) });
}
