package dev.crossarm;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Has signals do something else than end the process. Java offers this in {@code sun.misc} only, which is there in every runtime
 * (module jdk.unsupported) and which the compiler warns of; so it is called by name.
 */
final class TermSignals {
    private static final String[] STOPS = {"TERM", "INT", "HUP"};

    private TermSignals() {}

    /** From now on, each of the signals that ask a process to end has this run, in a thread of its own. */
    static void whenToldToStop(Runnable action) {
        for (String name : STOPS) {
            handle(name, action);
        }
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    TermSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        // What else is asked of it comes from Object.
                        return method.getName().equals("equals")
                                ? (Object) (self == arguments[0])
                                : method.getName().equals("hashCode")
                                        ? (Object) System.identityHashCode(self)
                                        : "stop handler";
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException taken) {
            // A signal that was ignored when this process started, or that the runtime keeps for itself, stays as it
            // is.
            if (!(taken.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException(taken);
            }
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException(unknown);
        }
    }
}
