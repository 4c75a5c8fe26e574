use aws_types::os_shim_internal::Env;

/// Returns the home directory, as the AWS SDKs determine it.
pub(crate) fn home_dir(env: &Env) -> Option<String> {
    home_dir_on(cfg!(windows), env)
}

/// An empty variable counts as unset: a relative path would refer to the working directory, where other users may have put files.
fn home_dir_on(windows: bool, env: &Env) -> Option<String> {
    let get = |name| env.get(name).ok().filter(|value| !value.is_empty());
    let home = get("HOME");
    if !windows {
        return home;
    }
    home.or_else(|| get("USERPROFILE"))
        .or_else(|| Some(get("HOMEDRIVE")? + &get("HOMEPATH")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_own_variables() {
        let drive = [("HOMEDRIVE", "C:"), ("HOMEPATH", r"\Users\b")];
        let profile = [&[("USERPROFILE", r"C:\Users\a")], &drive[..]].concat();
        let home = [&[("HOME", "/home/c")], &profile[..]].concat();
        let empty = [&[("HOME", "")], &profile[..]].concat();
        for (variables, unix, windows) in [
            (&home[..], Some("/home/c"), Some("/home/c")),
            (&empty, None, Some(r"C:\Users\a")),
            (&profile, None, Some(r"C:\Users\a")),
            (&drive, None, Some(r"C:\Users\b")),
            (&drive[..1], None, None),
            (&drive[1..], None, None),
            (&[], None, None),
        ] {
            let env = Env::from_slice(variables);
            assert_eq!(home_dir_on(false, &env).as_deref(), unix, "{variables:?}");
            assert_eq!(home_dir_on(true, &env).as_deref(), windows, "{variables:?}");
        }
    }
}
