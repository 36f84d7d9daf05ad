//! A loop with a timer and work for its threads.
use libuv_sys2 as uv;
use std::sync::atomic::{AtomicU32, Ordering};

static WORKED: AtomicU32 = AtomicU32::new(0);
static RANG: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn work(_: *mut uv::uv_work_t) {
    WORKED.fetch_add(1, Ordering::SeqCst);
}
unsafe extern "C" fn after(_: *mut uv::uv_work_t, status: i32) {
    assert_eq!(status, 0);
}
unsafe extern "C" fn rang(timer: *mut uv::uv_timer_t) {
    if RANG.fetch_add(1, Ordering::SeqCst) == 2 {
        uv::uv_timer_stop(timer);
    }
}

fn main() {
    unsafe {
        let mut ring: uv::uv_loop_t = std::mem::zeroed();
        let mut timer: uv::uv_timer_t = std::mem::zeroed();
        let mut job: uv::uv_work_t = std::mem::zeroed();
        assert_eq!(uv::uv_loop_init(&mut ring), 0);
        assert_eq!(uv::uv_timer_init(&mut ring, &mut timer), 0);
        assert_eq!(uv::uv_timer_start(&mut timer, Some(rang), 1, 1), 0);
        assert_eq!(
            uv::uv_queue_work(&mut ring, &mut job, Some(work), Some(after)),
            0
        );
        assert_eq!(uv::uv_run(&mut ring, uv::uv_run_mode_UV_RUN_DEFAULT), 0);
    }
    assert_eq!(
        (WORKED.load(Ordering::SeqCst), RANG.load(Ordering::SeqCst)),
        (1, 3)
    );
}
