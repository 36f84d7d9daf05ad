package dev.crossarm.architecture.bad.plan;

import okhttp3.OkHttpClient;

/** Bad on purpose: HTTP is not for this package. */
public final class UsesForeignLibrary {
    public OkHttpClient client() {
        return new OkHttpClient();
    }
}
