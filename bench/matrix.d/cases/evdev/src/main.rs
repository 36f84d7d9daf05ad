use std::ffi::CStr;

fn main() {
    unsafe {
        let device = evdev_sys::libevdev_new();
        evdev_sys::libevdev_set_name(device, c"a wheel".as_ptr());
        assert_eq!(CStr::from_ptr(evdev_sys::libevdev_get_name(device)), c"a wheel");
        assert_eq!(evdev_sys::libevdev_enable_event_type(device, 2), 0);
        assert_eq!(evdev_sys::libevdev_has_event_type(device, 2), 1);
        assert_eq!(CStr::from_ptr(evdev_sys::libevdev_event_code_get_name(2, 8)), c"REL_WHEEL");
        evdev_sys::libevdev_free(device);
    }
}
