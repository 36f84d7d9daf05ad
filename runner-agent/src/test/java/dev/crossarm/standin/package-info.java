/**
 * A stand-in for GitHub's servers, which cannot run in a test: the calls about self-hosted runners, and the connection of a
 * runner's listener, made from what GitHub documents. Also a program of its own, for the tests on the emulated server.
 */
@NullMarked
package dev.crossarm.standin;

import org.jspecify.annotations.NullMarked;
