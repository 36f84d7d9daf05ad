package dev.crossarm.problem;

/**
 * The statuses the command ends with. The numbers from 64 on are those of BSD's sysexits.h, so that units can
 * name them (for example in {@code RestartPreventExitStatus=}).
 */
public enum ExitStatus {
    DONE(0),
    STEP_FAILED(1),
    DRIFT(2),
    USAGE(64),
    DATA(65),
    UNAVAILABLE(69),
    BUG(70),
    CANNOT_CREATE(73),
    TRY_LATER(75),
    NO_PERMISSION(77),
    CONFIGURATION(78),
    /** Asked, and told not to: the first number after those of sysexits.h. */
    DECLINED(79);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The number handed to the operating system. */
    public int code() {
        return code;
    }
}
