package dev.crossarm.problem;

/** Carries a {@link Problem} to whoever reports it. The only exception that is shown without a stack trace. */
public final class CrossarmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public CrossarmException(Problem problem) {
        super(problem.summary());
        this.problem = problem;
    }

    public CrossarmException(Problem problem, Throwable cause) {
        super(problem.summary(), cause);
        this.problem = problem;
    }

    /** What went wrong and what mends it. */
    public Problem problem() {
        return problem;
    }
}
