//! JavaScript computes, calls back into Rust, and throws.
use rquickjs::{Context, Function, Runtime};

fn main() {
    let context = Context::full(&Runtime::new().unwrap()).unwrap();
    context.with(|js| {
        js.globals()
            .set("twice", Function::new(js.clone(), |n: i32| 2 * n).unwrap())
            .unwrap();
        let sum: i32 = js
            .eval("[1, 2, 3].map(twice).reduce((a, b) => a + b)")
            .unwrap();
        assert_eq!(sum, 12);
        let text: String = js
            .eval("new Date(Date.UTC(2024, 1, 29)).toISOString() + ' ' + 0.1.toFixed(20)")
            .unwrap();
        assert_eq!(text, "2024-02-29T00:00:00.000Z 0.10000000000000000555");
        assert!(js.eval::<(), _>("throw new Error('no')").is_err());
    });
}
