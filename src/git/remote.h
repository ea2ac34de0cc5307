/* What the URL of a remote says about the repository that pull requests go to. */
#ifndef GIT_REMOTE_H
#define GIT_REMOTE_H

#include "base/buffer.h"
#include "git/repository.h"

/*
 * Appends "owner/name" of the remote `name`, without the host and what may stand before it (a
 * password). False, and nothing appended, when there is no such remote, or its URL is a path.
 */
bool remote_append_repository(struct buffer *buffer, struct repository *repository,
                              const char *name);

/* The same of a URL: "git@host:owner/name.git", "https://host/owner/name/". */
bool url_append_repository(struct buffer *buffer, struct slice url);

#endif
