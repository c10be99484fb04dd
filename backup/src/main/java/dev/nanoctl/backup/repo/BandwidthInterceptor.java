package dev.nanoctl.backup.repo;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/** Sends the bodies of requests no faster than the bandwidth allows. */
final class BandwidthInterceptor implements Interceptor {
  private final Bandwidth bandwidth;

  BandwidthInterceptor(Bandwidth bandwidth) {
    this.bandwidth = bandwidth;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    if (body == null) {
      return chain.proceed(request);
    }
    return chain.proceed(
        request.newBuilder().method(request.method(), new LimitedBody(body, bandwidth)).build());
  }

  private static final class LimitedBody extends RequestBody {
    private final RequestBody body;
    private final Bandwidth bandwidth;

    LimitedBody(RequestBody body, Bandwidth bandwidth) {
      this.body = body;
      this.bandwidth = bandwidth;
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      BufferedSink limited = Okio.buffer((Sink) new LimitedSink(sink, bandwidth));
      body.writeTo(limited);
      limited.flush();
    }
  }

  private static final class LimitedSink extends ForwardingSink {
    private final Bandwidth bandwidth;

    LimitedSink(Sink sink, Bandwidth bandwidth) {
      super(sink);
      this.bandwidth = bandwidth;
    }

    @Override
    public void write(Buffer source, long bytes) throws IOException {
      long left = bytes;
      while (left > 0) {
        int step = (int) Math.min(Bandwidth.STEP, left);
        bandwidth.take(step);
        super.write(source, step);
        left -= step;
      }
    }
  }
}
