package io.github.hubbleexport.agent;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An agent that runs in a thread of the test, until its input ends or it is told to. */
final class InProcessAgent implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("on (http://\\S+)");

    private final AgentRun agent = new AgentRun();
    private final Thread thread;
    private volatile int exit = -1;

    /** Starts it with a free port for HTTP. */
    InProcessAgent(InputStream stdin, List<String> args) {
        agent.stdin(stdin);
        List<String> all = new ArrayList<>(List.of("run", "--listen=127.0.0.1:0"));
        all.addAll(args);
        thread = new Thread(() -> exit = agent.run(all.toArray(String[]::new)), "agent in a test");
        thread.start();
    }

    /** Waits until it serves its pages. */
    Http http() throws Exception {
        Polling.await("the agent serves", () -> url().find() || !thread.isAlive());
        Matcher url = url();
        if (!url.find()) {
            throw new AssertionError("the agent has ended with " + exit + ": " + err());
        }
        return new Http(url.group(1));
    }

    private Matcher url() {
        return URL.matcher(agent.err());
    }

    String err() {
        return agent.err();
    }

    /** Waits until it has ended by itself; returns its exit code. */
    int join() throws InterruptedException {
        thread.join();
        return exit;
    }

    /** As a signal does; returns the exit code. */
    int stop() throws InterruptedException {
        thread.interrupt();
        return join();
    }

    @Override
    public void close() {
        try {
            int unused = stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
