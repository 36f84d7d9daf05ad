package dev.crossarm.runner.service;

/** Why a listener ended. */
enum ListenerCause {
    /** We told it to. */
    ASKED("ended as asked"),
    /** It hung, and we ended it. */
    HUNG("hung and was ended"),
    /** An ephemeral runner's one job is over, and so is its registration. */
    ONE_JOB_DONE("its one job is over"),
    /** An ephemeral runner lost the job it was given before it began: no job ran, and its registration is used up. */
    LOST_ASSIGNMENT("its one job was taken back before it began, so no job ran"),
    /** GitHub deleted the record while it listened; the runner forgot its registration (2.336.0 and newer). */
    DEREGISTERED("GitHub deleted its registration while it was listening"),
    /** There is no registration in this folder. */
    NOT_CONFIGURED("it is not registered"),
    /** GitHub does not know the registration, which is still here: for good, or for the seconds after it was made. */
    REFUSED("GitHub says that its registration was deleted"),
    /** It cannot write to its work folder: a full disk, or a wrong owner. */
    NO_WORK_FOLDER("it cannot write to its work folder"),
    /** It ended with status 1 for a reason it did not name in a way that we know. */
    TERMINATED("it gave up"),
    /** Status 0 without a reason: somebody ended it by hand, or GitHub ended its session. */
    WENT_AWAY("it ended without a job and without a reason"),
    /** Status 2. */
    RETRYABLE("it asks to be started again"),
    /** Status 3 or 4: an updater exchanges its files now. */
    UPDATED("it has updated itself"),
    /** Status 5. */
    SESSION_CONFLICT("another listener with the same registration is connected"),
    /** Status 7, or the text alone. */
    DEPRECATED("GitHub says that its version is deprecated and gets no jobs"),
    /** Status 100 to 105: it was told to run one job and say how that ended. */
    JOB_RESULT("it ran one job and told its result"),
    /** A signal ended it, or a status that is none of its own. */
    CRASHED("it crashed");

    private final String told;

    ListenerCause(String told) {
        this.told = told;
    }

    /** For a sentence that begins with "the listener ended: ". */
    String told() {
        return told;
    }
}
