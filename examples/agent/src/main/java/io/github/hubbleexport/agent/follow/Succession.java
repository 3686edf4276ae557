package io.github.hubbleexport.agent.follow;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which file comes after which. For one thread. */
interface Succession {

    /**
     * The file that comes after another one.
     *
     * @param finished null: the first one is asked for
     * @return null: it is not there yet, so nobody knows that the other one is finished
     * @throws IOException if that cannot be found out
     */
    @Nullable
    Path after(@Nullable Path finished) throws IOException;
}
