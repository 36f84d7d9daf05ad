package dev.crossarm.github;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Whether a call was really sent. A write is sent once, whatever OkHttp would do about an answer or a lost connection. */
final class Transmission {
    private static final int PROXY_WANTS_ACCOUNT = 407;

    private final boolean write;
    private boolean sent;

    Transmission(boolean write) {
        this.write = write;
    }

    synchronized boolean sent() {
        return sent;
    }

    private synchronized void aboutToSend() throws IOException {
        if (write && sent) {
            throw new IOException("what changes something is not sent twice");
        }
        sent = true;
    }

    private synchronized void answeredByProxy() {
        sent = false;
    }

    /** Right before the socket, once for each time that a request is sent. */
    static final class Guard implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            Request request = chain.request();
            Transmission transmission = Objects.requireNonNull(request.tag(Transmission.class));
            transmission.aboutToSend();
            Response response = chain.proceed(request);
            if (response.code() == PROXY_WANTS_ACCOUNT) {
                transmission.answeredByProxy();
            }
            // OkHttp takes a zero here as leave to repeat at once, also what changes something.
            boolean atOnce = response.code() == 503 && "0".equals(response.header("Retry-After"));
            return atOnce && transmission.write
                    ? response.newBuilder().header("Retry-After", "1").build()
                    : response;
        }
    }
}
