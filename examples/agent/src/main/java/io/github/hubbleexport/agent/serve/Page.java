package io.github.hubbleexport.agent.serve;

import static java.util.Objects.requireNonNull;

/**
 * What is answered to a request.
 *
 * @param status the status of HTTP
 * @param contentType the media type of the text, which is sent as UTF-8
 * @param text the body
 */
public record Page(int status, String contentType, String text) {

    /** The status of what is right. */
    public static final int OK = 200;

    /** The status of what is not as it should be, though the server is. */
    public static final int UNAVAILABLE = 503;

    /** The media type of plain text. */
    public static final String PLAIN = "text/plain; charset=utf-8";

    /** Checks that nothing is missing. */
    public Page {
        requireNonNull(contentType, "contentType");
        requireNonNull(text, "text");
    }
}
