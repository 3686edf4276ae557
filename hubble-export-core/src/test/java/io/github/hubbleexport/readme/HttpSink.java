package io.github.hubbleexport.readme;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

final class HttpSink extends Sink {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI target;

    HttpSink(URI target) {
        this.target = target;
    }

    @Override
    public void write(LineBatch batch) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(batch.bytes(), batch.offset(), batch.length()))
                .build();
        try {
            HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
            if (response.statusCode() != 200) {
                throw new IOException(target + " answered " + response.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending", e);
        }
    }
}
