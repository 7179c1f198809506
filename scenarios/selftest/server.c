/* The control of `slopegate selftest`: an HTTP server that keeps LEAK_BYTES of malloc'ed memory for every request that it
 * answers, and LEAK_BYTES_PER_SECOND in every second, with or without requests; nothing else. One process, one thread,
 * fixed buffers, no logs: with both at 0 its memory stands still to the page. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { PORT = 8080, MOST_CONNECTIONS = 1024, LONGEST_HEAD = 4096 };

static const char ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n";
static char heads[MOST_CONNECTIONS][LONGEST_HEAD];
static size_t filled[MOST_CONNECTIONS];
static void *volatile last_kept;

static void stop(int signal) { (void)signal; _exit(0); }

/* Written to, so that its pages are really there; kept, so that it is a leak. */
static void leak(size_t bytes) {
  if (bytes == 0) return;
  void *kept = malloc(bytes);
  if (kept == NULL) _exit(1);
  memset(kept, 0x5a, bytes);
  last_kept = kept;
}

/* Answers every whole request in the buffer; requests are without a body. Returns 0 when the client is gone. */
static int serve(int client, size_t leak_bytes) {
  char *head = heads[client];
  ssize_t got = read(client, head + filled[client], LONGEST_HEAD - filled[client]);
  if (got <= 0) return 0;
  filled[client] += (size_t)got;
  for (char *end; (end = memmem(head, filled[client], "\r\n\r\n", 4)) != NULL;) {
    leak(leak_bytes);
    if (write(client, ANSWER, sizeof ANSWER - 1) != (ssize_t)(sizeof ANSWER - 1)) return 0;
    filled[client] -= (size_t)(end + 4 - head);
    memmove(head, end + 4, filled[client]);
  }
  return filled[client] < LONGEST_HEAD;
}

static int listening(void) {
  const int on = 1;
  const struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr.s_addr = htonl(INADDR_ANY) };
  int socket_ = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(socket_, (const struct sockaddr *)&any, sizeof any) != 0 || listen(socket_, 256) != 0) _exit(1);
  return socket_;
}

static void accept_one(int server, int poll) {
  const int on = 1;
  int client = accept(server, NULL, NULL);
  if (client < 0) return;
  if (client >= MOST_CONNECTIONS) { close(client); return; }
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  filled[client] = 0;
  struct epoll_event event = { .events = EPOLLIN, .data.fd = client };
  epoll_ctl(poll, EPOLL_CTL_ADD, client, &event);
}

static size_t number_of(const char *name) {
  const char *wanted = getenv(name);
  return wanted == NULL ? 0 : strtoul(wanted, NULL, 10);
}

/* Keeps its bytes at each tick of a timer. */
static void leak_by_timer(int timer, size_t bytes) {
  uint64_t ticks;
  if (read(timer, &ticks, sizeof ticks) != (ssize_t)sizeof ticks) return;
  for (; ticks > 0; ticks -= 1) leak(bytes);
}

static int ticking(void) {
  const struct itimerspec each = { .it_interval.tv_sec = 1, .it_value.tv_sec = 1 };
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  if (timer < 0 || timerfd_settime(timer, 0, &each, NULL) != 0) _exit(1);
  return timer;
}

int main(void) {
  const size_t leak_bytes = number_of("LEAK_BYTES"), per_second = number_of("LEAK_BYTES_PER_SECOND");
  signal(SIGTERM, stop);
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0); /* a heap that grows by 2 MiB pages would hide a small leak in its steps */
  int server = listening(), poll = epoll_create1(0), timer = per_second == 0 ? -1 : ticking();
  struct epoll_event event = { .events = EPOLLIN, .data.fd = server }, ready[64];
  epoll_ctl(poll, EPOLL_CTL_ADD, server, &event);
  event.data.fd = timer;
  if (timer >= 0) epoll_ctl(poll, EPOLL_CTL_ADD, timer, &event);
  for (;;) {
    int count = epoll_wait(poll, ready, 64, -1);
    for (int i = 0; i < count; i += 1) {
      int fd = ready[i].data.fd;
      if (fd == server) accept_one(server, poll);
      else if (fd == timer) leak_by_timer(timer, per_second);
      else if (!serve(fd, leak_bytes)) close(fd);
    }
  }
}
