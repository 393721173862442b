// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Programs that do little but call functions. Each prints its name and the CPU time it took in
// nanoseconds; a checksum keeps the work from being optimised away.
// usage: programs SCALE
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define OUTLINE __attribute__((noinline))

// ---- fibonacci: two calls and an addition

static OUTLINE long Fibonacci(long n) { return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2); }

static long RunFibonacci(int scale) { return Fibonacci(21 + scale); }

// ---- takeuchi: three arguments, deep recursion

static OUTLINE long Takeuchi(long x, long y, long z) {
  if (y >= x) return z;
  return Takeuchi(Takeuchi(x - 1, y, z), Takeuchi(y - 1, z, x), Takeuchi(z - 1, x, y));
}

static long RunTakeuchi(int scale) {
  long sum = 0;
  for (int i = 0; i < scale * 20; ++i) sum += Takeuchi(11, 6, i & 1);
  return sum;
}

// ---- queens: a predicate called from a backtracking search

static OUTLINE int Attacks(const int* columns, int row, int column) {
  for (int i = 0; i < row; ++i) {
    const int distance = columns[i] - column;
    if (distance == 0 || distance == row - i || distance == i - row) return 1;
  }
  return 0;
}

static OUTLINE long Place(int* columns, int row, int size) {
  if (row == size) return 1;
  long found = 0;
  for (int column = 0; column < size; ++column) {
    if (Attacks(columns, row, column)) continue;
    columns[row] = column;
    found += Place(columns, row + 1, size);
  }
  return found;
}

static long RunQueens(int scale) {
  int columns[8];
  long found = 0;
  for (int i = 0; i < scale * 10; ++i) found += Place(columns, 0, 7);
  return found;
}

// ---- sort: a comparison through a pointer

static OUTLINE int CompareValues(const void* a, const void* b) {
  const uint32_t x = *(const uint32_t*)a;
  const uint32_t y = *(const uint32_t*)b;
  return x < y ? -1 : x > y;
}

static OUTLINE uint32_t NextRandom(uint32_t* state) {
  *state = *state * 1664525 + 1013904223;
  return *state;
}

static void Sift(uint32_t* values, size_t root, size_t size,
                 int (*compare)(const void*, const void*)) {
  for (size_t child; (child = 2 * root + 1) < size; root = child) {
    if (child + 1 < size && compare(&values[child], &values[child + 1]) < 0) ++child;
    if (compare(&values[root], &values[child]) >= 0) return;
    const uint32_t value = values[root];
    values[root] = values[child];
    values[child] = value;
  }
}

static long RunSort(int scale) {
  static uint32_t values[4096];
  const size_t size = sizeof(values) / sizeof(values[0]);
  long sum = 0;
  for (int run = 0; run < scale; ++run) {
    uint32_t state = 1;
    for (size_t i = 0; i < size; ++i) values[i] = NextRandom(&state);
    for (size_t i = size / 2; i-- > 0;) Sift(values, i, size, CompareValues);
    for (size_t end = size; --end > 0;) {
      const uint32_t value = values[0];
      values[0] = values[end];
      values[end] = value;
      Sift(values, 0, end, CompareValues);
    }
    sum += values[size / 2];
  }
  return sum;
}

// ---- tree: recursion over pointers

struct node {
  struct node *left, *right;
  uint32_t key;
};

static OUTLINE struct node* NewNode(struct node** pool, uint32_t key) {
  struct node* node = (*pool)++;
  node->left = node->right = NULL;
  node->key = key;
  return node;
}

static OUTLINE struct node* Insert(struct node* tree, struct node** pool, uint32_t key) {
  if (tree == NULL) return NewNode(pool, key);
  if (key < tree->key) {
    tree->left = Insert(tree->left, pool, key);
  } else {
    tree->right = Insert(tree->right, pool, key);
  }
  return tree;
}

static OUTLINE long Depths(const struct node* tree, long depth) {
  if (tree == NULL) return 0;
  return depth + Depths(tree->left, depth + 1) + Depths(tree->right, depth + 1);
}

static long RunTree(int scale) {
  static struct node nodes[2048];
  long sum = 0;
  for (int run = 0; run < scale; ++run) {
    struct node* pool = nodes;
    struct node* tree = NULL;
    uint32_t state = 7;
    for (int i = 0; i < 2048; ++i) tree = Insert(tree, &pool, NextRandom(&state));
    for (int i = 0; i < 20; ++i) sum += Depths(tree, i);
  }
  return sum;
}

// ---- parser: mutual recursion over characters

static OUTLINE long ParseSum(const char** text);

static OUTLINE int Peek(const char** text) { return **text; }
static OUTLINE int Take(const char** text) { return *(*text)++; }

static OUTLINE long ParseAtom(const char** text) {
  if (Peek(text) == '(') {
    Take(text);
    const long value = ParseSum(text);
    Take(text);
    return value;
  }
  long value = 0;
  while (Peek(text) >= '0' && Peek(text) <= '9') value = value * 10 + (Take(text) - '0');
  return value;
}

static OUTLINE long ParseProduct(const char** text) {
  long value = ParseAtom(text);
  while (Peek(text) == '*') {
    Take(text);
    value = value * ParseAtom(text) % 1000003;
  }
  return value;
}

static OUTLINE long ParseSum(const char** text) {
  long value = ParseProduct(text);
  while (Peek(text) == '+') {
    Take(text);
    value += ParseProduct(text);
  }
  return value;
}

static long RunParser(int scale) {
  long sum = 0;
  for (int i = 0; i < scale * 2000; ++i) {
    const char* text = "1+2*(3+4*(5+66*7))*(8+9)+(10*(11+12))*13+14";
    sum += ParseSum(&text);
  }
  return sum;
}

// ---- interpreter: handlers through a table

struct machine {
  long stack[16];
  int top;
};

static OUTLINE void OpPush(struct machine* m, long operand) { m->stack[m->top++] = operand; }
static OUTLINE void OpAdd(struct machine* m, long operand) {
  --m->top;
  m->stack[m->top - 1] += m->stack[m->top] + operand;
}
static OUTLINE void OpMultiply(struct machine* m, long operand) {
  --m->top;
  m->stack[m->top - 1] = (m->stack[m->top - 1] * m->stack[m->top] + operand) % 65521;
}
static OUTLINE void OpDuplicate(struct machine* m, long operand) {
  m->stack[m->top] = m->stack[m->top - 1] + operand;
  ++m->top;
}

static long RunInterpreter(int scale) {
  static void (*const handlers[])(struct machine*, long) = {OpPush, OpAdd, OpMultiply, OpDuplicate};
  static const unsigned char code[] = {0, 0, 1, 3, 2, 0, 2, 3, 1, 0, 1};
  long sum = 0;
  for (int run = 0; run < scale * 20000; ++run) {
    struct machine m = {.top = 0};
    for (size_t i = 0; i < sizeof(code); ++i) handlers[code[i]](&m, (long)i + run);
    sum += m.stack[0];
  }
  return sum;
}

// ---- accessors: leaves so small that the call is the work

struct matrix {
  int cells[24][24];
};

static OUTLINE int Get(const struct matrix* m, int i, int j) { return m->cells[i][j]; }
static OUTLINE void Set(struct matrix* m, int i, int j, int value) { m->cells[i][j] = value; }

static long RunAccessors(int scale) {
  static struct matrix a, b, c;
  for (int i = 0; i < 24; ++i) {
    for (int j = 0; j < 24; ++j) {
      Set(&a, i, j, i + j);
      Set(&b, i, j, i - j);
    }
  }
  for (int run = 0; run < scale * 10; ++run) {
    for (int i = 0; i < 24; ++i) {
      for (int j = 0; j < 24; ++j) {
        int sum = run;
        for (int k = 0; k < 24; ++k) sum += Get(&a, i, k) * Get(&b, k, j);
        Set(&c, i, j, sum);
      }
    }
  }
  return Get(&c, 3, 5);
}

// ---- hash: three small functions for each word

static OUTLINE uint32_t HashByte(uint32_t hash, char byte) {
  return (hash ^ (uint8_t)byte) * 16777619;
}

static OUTLINE uint32_t HashWord(const char* word) {
  uint32_t hash = 2166136261;
  for (; *word != '\0'; ++word) hash = HashByte(hash, *word);
  return hash;
}

static OUTLINE void Count(uint32_t* table, uint32_t hash) { ++table[hash % 251]; }

static long RunHash(int scale) {
  static const char* const words[] = {"site", "pad", "stub", "bracket", "trampoline", "set"};
  static uint32_t table[251];
  for (int run = 0; run < scale * 40000; ++run) Count(table, HashWord(words[run % 6]));
  return (long)table[HashWord("pad") % 251];
}

// ----------------------------------------------------------------------------------------------

static double Nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

int main(int argc, char** argv) {
  static const struct {
    const char* name;
    long (*run)(int scale);
  } programs[] = {
      {"fibonacci", RunFibonacci},
      {"takeuchi", RunTakeuchi},
      {"queens", RunQueens},
      {"sort", RunSort},
      {"tree", RunTree},
      {"parser", RunParser},
      {"interpreter", RunInterpreter},
      {"accessors", RunAccessors},
      {"hash", RunHash},
  };
  const int scale = argc == 2 ? atoi(argv[1]) : 0;
  if (scale < 1 || scale > 20) {
    fprintf(stderr, "usage: %s SCALE (1 to 20)\n", argv[0]);
    return 2;
  }
  for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); ++i) {
    const double begin = Nanoseconds();
    const long checksum = programs[i].run(scale);
    printf("%s %.0f %lx\n", programs[i].name, Nanoseconds() - begin, (unsigned long)checksum);
  }
  return 0;
}
