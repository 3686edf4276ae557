package io.github.hubbleexport.agent.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Shows pages by their paths to whoever asks with GET or HEAD. From any thread. */
public final class PageServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(PageServer.class.getName());
    private static final int THREADS = 4;
    private static final int BACKLOG = 16;
    private static final int NO_BODY = -1;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int FAILED = 500;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, PageServer::daemon);

    private PageServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes a port, and answers nothing yet.
     *
     * @throws IOException if it cannot be had
     */
    public static PageServer bind(InetSocketAddress address) throws IOException {
        return new PageServer(HttpServer.create(address, BACKLOG));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hubble-export-agent http");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to answer. */
    public void start(Map<String, Supplier<Page>> pages) {
        Map<String, Supplier<Page>> known = Map.copyOf(pages);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, known));
        server.start();
    }

    /** Where it listens, with the port that it has. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static void answer(HttpExchange exchange, Map<String, Supplier<Page>> pages) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            boolean withBody = method.equals("GET");
            if (!withBody && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, new Page(NOT_ALLOWED, Page.PLAIN, "only GET and HEAD\n"), true);
            } else {
                send(exchange, page(exchange.getRequestURI().getPath(), pages), withBody);
            }
        }
    }

    private static Page page(String path, Map<String, Supplier<Page>> pages) {
        Supplier<Page> page = pages.get(path);
        if (page == null) {
            String paths = String.join("\n", pages.keySet().stream().sorted().toList());
            return new Page(NOT_FOUND, Page.PLAIN, "there are:\n" + paths + "\n");
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, path + " cannot be shown", e);
            return new Page(FAILED, Page.PLAIN, path + " cannot be shown: " + e + "\n");
        }
    }

    private static void send(HttpExchange exchange, Page page, boolean withBody) throws IOException {
        byte[] body = page.text().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", page.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(page.status(), withBody ? body.length : NO_BODY);
        if (withBody) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Gives the port back. Requests that are being answered are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
