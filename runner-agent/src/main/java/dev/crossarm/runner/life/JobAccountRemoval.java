package dev.crossarm.runner.life;

/** The accounts of runners. */
public interface JobAccountRemoval {

    /** Takes an account away, with its home; absent is fine. */
    void remove(String account);
}
