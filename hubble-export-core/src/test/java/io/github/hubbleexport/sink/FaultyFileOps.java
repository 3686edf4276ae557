package io.github.hubbleexport.sink;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real file system, some of whose calls fail. */
final class FaultyFileOps implements FileOps {

    /** Kinds of calls. */
    enum Call {
        INSPECT,
        MAKE_FOLDERS,
        APPEND,
        WRITE,
        CLOSE,
        SET_MODE,
        LAST_BYTE,
        TRUNCATE,
        RENAME,
        REPLACE,
        DELETE,
        LIST,
        READ,
        READ_BYTES,
        CREATE,
        PACK,
        PACK_CLOSE,
        COPY_MODE,
        LOCK,
        LOCK_IN_PLACE,
        UNLOCK,
        SYNC
    }

    /** Decides by kind and number, from 1 on, whether a call fails. */
    interface Plan {
        boolean fails(Call call, int number);
    }

    /** Lets a call wait before it is made. */
    interface Hold {
        void before(Call call) throws IOException;
    }

    private final FileOps real = new JdkFileOps();
    private final Map<Call, Integer> counts = new EnumMap<>(Call.class);
    private Plan plan = (call, number) -> false;
    private int fired;
    private int bytesBeforeFailure;
    private boolean denied;
    private Hold hold = call -> {};

    synchronized FaultyFileOps plan(Plan faults) {
        plan = faults;
        return this;
    }

    /** How many bytes of a failing write still reach the file. */
    synchronized FaultyFileOps bytesBeforeFailure(int bytes) {
        bytesBeforeFailure = bytes;
        return this;
    }

    /** Failures are refusals of access. */
    synchronized FaultyFileOps denied() {
        denied = true;
        return this;
    }

    /** Calls are as slow as told. */
    synchronized FaultyFileOps hold(Hold slowness) {
        hold = slowness;
        return this;
    }

    synchronized int fired() {
        return fired;
    }

    synchronized int count(Call call) {
        return counts.getOrDefault(call, 0);
    }

    private boolean fails(Call call) throws IOException {
        slowness().before(call);
        return isPlanned(call);
    }

    private synchronized Hold slowness() {
        return hold;
    }

    private synchronized boolean isPlanned(Call call) {
        int number = counts.merge(call, 1, Integer::sum);
        boolean fails = plan.fails(call, number);
        fired += fails ? 1 : 0;
        return fails;
    }

    private void check(Call call) throws IOException {
        if (fails(call)) {
            String message = "made to fail: " + call;
            throw denied ? new AccessDeniedException(message) : new IOException(message);
        }
    }

    @Override
    public @Nullable Facts inspect(Path path) throws IOException {
        check(Call.INSPECT);
        return real.inspect(path);
    }

    @Override
    public void makeFolders(Path folder) throws IOException {
        check(Call.MAKE_FOLDERS);
        real.makeFolders(folder);
    }

    @Override
    public OutputStream append(Path path) throws IOException {
        check(Call.APPEND);
        return new FaultyOutput(real.append(path), Call.WRITE, Call.CLOSE);
    }

    @Override
    public void setMode(Path path, Set<PosixFilePermission> mode) throws IOException {
        check(Call.SET_MODE);
        real.setMode(path, mode);
    }

    @Override
    public int lastByte(Path path, long size) throws IOException {
        check(Call.LAST_BYTE);
        return real.lastByte(path, size);
    }

    @Override
    public void truncate(Path path, long size) throws IOException {
        check(Call.TRUNCATE);
        real.truncate(path, size);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        check(Call.RENAME);
        real.rename(from, to);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        check(Call.REPLACE);
        real.replace(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        check(Call.DELETE);
        real.delete(path);
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        check(Call.LIST);
        return real.list(folder);
    }

    @Override
    public InputStream read(Path path) throws IOException {
        check(Call.READ);
        return new FilterInputStream(real.read(path)) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                check(Call.READ_BYTES);
                return super.read(bytes, offset, length);
            }
        };
    }

    @Override
    public OutputStream create(Path path) throws IOException {
        check(Call.CREATE);
        return new FaultyOutput(real.create(path), Call.PACK, Call.PACK_CLOSE);
    }

    @Override
    public void copyMode(Path from, Path to) throws IOException {
        check(Call.COPY_MODE);
        real.copyMode(from, to);
    }

    @Override
    public @Nullable Lock lock(Path path) throws IOException {
        check(Call.LOCK);
        Lock taken = real.lock(path);
        return taken == null ? null : new FaultyLock(taken);
    }

    @Override
    public void sync(Path path) throws IOException {
        check(Call.SYNC);
        real.sync(path);
    }

    private final class FaultyLock implements Lock {

        private final Lock real;

        FaultyLock(Lock real) {
            this.real = real;
        }

        @Override
        public boolean isInPlace() throws IOException {
            check(Call.LOCK_IN_PLACE);
            return real.isInPlace();
        }

        @Override
        public void close() throws IOException {
            real.close();
            check(Call.UNLOCK);
        }
    }

    private final class FaultyOutput extends FilterOutputStream {

        private final Call write;
        private final Call close;

        FaultyOutput(OutputStream real, Call write, Call close) {
            super(real);
            this.write = write;
            this.close = close;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (fails(write)) {
                out.write(bytes, offset, Math.min(length, bytesBeforeFailure));
                throw new IOException("made to fail: " + write);
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.close();
            check(close);
        }
    }
}
