// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "workload.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "sqlite3.h"

#define MAX_THREADS 64

// One round. `?1` is the number of rows, `?2` differs between the threads.
static const char* const kStatements[] = {
    "CREATE TABLE item(id INTEGER PRIMARY KEY, grp INTEGER, name TEXT, price REAL)",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
    " INSERT INTO item SELECT i, i * 7919 % 101,"
    " printf('item-%05d', i * (7919 + ?2) % 10007), (i * 31 + ?2) % 1000 / 8.0 FROM n",
    "CREATE INDEX item_name ON item(name)",
    "SELECT grp, count(*), sum(price), avg(price), min(name), max(name) FROM item"
    " GROUP BY grp ORDER BY 3 DESC, 1",
    "SELECT a.id, b.id, a.name FROM item a JOIN item b ON a.name = b.name"
    " WHERE a.id < b.id ORDER BY 1, 2 LIMIT 200",
    "UPDATE item SET price = price * 1.5 WHERE grp % 7 = ?2 % 7",
    "SELECT name, price FROM item WHERE name LIKE 'item-0%' ORDER BY price, name, id LIMIT 100",
    "DELETE FROM item WHERE grp < 50",
    "SELECT count(*), total(price), group_concat(DISTINCT grp) FROM item",
    "DROP TABLE item",
};

struct worker {
  pthread_t thread;
  int index;
  sqlite3* database;
  uint64_t result;
  atomic_long rounds;
};

static struct workload workload;
static struct worker workers[MAX_THREADS];
static atomic_int stopping;

static void Fail(const char* what, const char* why) {
  fprintf(stderr, "workload: %s: %s\n", what, why);
  exit(1);
}

// FNV-1a
static uint64_t Hash(uint64_t hash, const unsigned char* bytes) {
  for (; bytes != NULL && *bytes != '\0'; ++bytes) hash = (hash ^ *bytes) * 0x100000001b3;
  return (hash ^ '|') * 0x100000001b3;
}

static uint64_t RunStatement(struct worker* self, const char* sql, uint64_t hash) {
  sqlite3_stmt* statement = NULL;
  if (sqlite3_prepare_v2(self->database, sql, -1, &statement, NULL) != SQLITE_OK) {
    Fail(sql, sqlite3_errmsg(self->database));
  }
  const int parameters = sqlite3_bind_parameter_count(statement);
  if (parameters >= 1) sqlite3_bind_int(statement, 1, workload.rows);
  if (parameters >= 2) sqlite3_bind_int(statement, 2, self->index * 2);
  int result = 0;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      hash = Hash(hash, sqlite3_column_text(statement, i));
    }
  }
  if (result != SQLITE_DONE) Fail(sql, sqlite3_errmsg(self->database));
  sqlite3_finalize(statement);
  return hash;
}

static uint64_t RunRound(struct worker* self) {
  uint64_t hash = 0xcbf29ce484222325;
  for (size_t i = 0; i < sizeof(kStatements) / sizeof(kStatements[0]); ++i) {
    hash = RunStatement(self, kStatements[i], hash);
  }
  return hash;
}

static void* RunWorker(void* argument) {
  struct worker* self = argument;
  if (workload.thread_started != NULL) workload.thread_started(self->index);
  if (sqlite3_open(":memory:", &self->database) != SQLITE_OK) Fail("open", "no memory");
  for (long round = 0; workload.rounds == 0 || round < workload.rounds; ++round) {
    if (workload.rounds == 0 && round > 0 && atomic_load(&stopping) != 0) break;
    const uint64_t result = RunRound(self);
    if (round > 0 && result != self->result) Fail("results", "two rounds differ");
    self->result = result;
    atomic_fetch_add(&self->rounds, 1);
  }
  sqlite3_close(self->database);
  return NULL;
}

void workload_start(const struct workload* config) {
  workload = *config;
  if (workload.threads < 1 || workload.threads > MAX_THREADS) Fail("threads", "must be 1 to 64");
  for (int i = 0; i < workload.threads; ++i) {
    workers[i].index = i;
    if (pthread_create(&workers[i].thread, NULL, RunWorker, &workers[i]) != 0) {
      Fail("pthread_create", "no more threads");
    }
  }
}

long workload_rounds(void) {
  long fewest = atomic_load(&workers[0].rounds);
  for (int i = 1; i < workload.threads; ++i) {
    const long rounds = atomic_load(&workers[i].rounds);
    if (rounds < fewest) fewest = rounds;
  }
  return fewest;
}

uint64_t workload_finish(void) {
  atomic_store(&stopping, 1);
  uint64_t hash = 0;
  for (int i = 0; i < workload.threads; ++i) {
    pthread_join(workers[i].thread, NULL);
    hash = hash * 31 + workers[i].result;
  }
  return hash;
}
