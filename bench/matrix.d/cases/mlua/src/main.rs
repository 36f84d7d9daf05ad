//! Lua computes, calls back into Rust, writes and reads a file, and fails in order.
use mlua::Lua;

fn main() -> mlua::Result<()> {
    let lua = Lua::new();
    lua.globals()
        .set("twice", lua.create_function(|_, n: i64| Ok(2 * n))?)?;
    let sum: i64 = lua
        .load("local s = 0; for i = 1, 10 do s = s + twice(i) end; return s")
        .eval()?;
    assert_eq!(sum, 110);
    let text: String = lua
        .load("local f = io.tmpfile(); f:write('in a file'); f:seek('set'); return f:read('a')")
        .eval()?;
    assert_eq!(text, "in a file");
    assert!(lua.load("error('no')").exec().is_err());
    Ok(())
}
