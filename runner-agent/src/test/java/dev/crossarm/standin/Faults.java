package dev.crossarm.standin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Answers that tests order to be spoilt: the next ones whose method and path match. */
final class Faults {
    private final List<Fault> ordered = new ArrayList<>();

    /** One that is still to happen. */
    private static final class Fault {
        private final Pattern calls;
        private final int status;
        private final String message;
        private int times;

        private Fault(Pattern calls, int status, String message, int times) {
            this.calls = calls;
            this.status = status;
            this.message = message;
            this.times = times;
        }
    }

    /**
     * @param calls pattern of method, blank and path
     * @param status of the answer; 0 to end the connection without one
     */
    synchronized void order(String calls, int status, String message, int times) {
        ordered.add(new Fault(Pattern.compile(calls), status, message, times));
    }

    synchronized void clear() {
        ordered.clear();
    }

    /** @return whether this request has had its answer */
    boolean spoil(Exchange exchange) throws IOException {
        Fault fault = next(exchange.method() + " " + exchange.path());
        if (fault == null) {
            return false;
        }
        if (fault.status == 0) {
            exchange.hangUp();
        } else {
            exchange.refuse(fault.status, fault.message);
        }
        return true;
    }

    private synchronized @org.jspecify.annotations.Nullable Fault next(String call) {
        for (Fault fault : ordered) {
            if (fault.times > 0 && fault.calls.matcher(call).find()) {
                fault.times--;
                return fault;
            }
        }
        return null;
    }
}
