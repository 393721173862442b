// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Prototypes of every class of arguments, for the facts of each target. Unused arguments count,
// because the caller passes them.
typedef float Vector4 __attribute__((vector_size(16)));
struct Five {
  long a[5];
};
struct Floats {
  float a, b;
};
int External(int*);

void None(void) {}
long Four(long a, long b, long c, long d) { return d; }
long Five(long a, long b, long c, long d, long e) { return e; }
long Six(long a, long b, long c, long d, long e, long f) { return f; }
long Eight(long a, long b, long c, long d, long e, long f, long g, long h) { return h; }
long Nine(long a, long b, long c, long d, long e, long f, long g, long h, long i) { return i; }
long TwelveUnused(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j,
                  long k, long l) {
  return 1;
}
double Double(double x) { return x; }
float TwoFloats(struct Floats x) { return x.b; }
Vector4 Vector(Vector4 x) { return x; }
long long LongLongs(int a, long long b, long long c) { return c; }
long ByValue(struct Five x) { return x.a[4]; }
struct Five ReturnsStruct(long x) {
  struct Five result = {{x}};
  return result;
}
int Variadic(int count, ...) { return count; }
void* ReturnAddress(void) { return __builtin_return_address(0); }
void* FrameAddress(void) { return __builtin_frame_address(0); }
__attribute__((returns_twice)) int ReturnsTwice(void) { return 0; }

// With optimisation a convention of the compiler's own.
static __attribute__((noinline)) int Local(int a, int b, int c, int d, int e, int f, int g, int h,
                                           int i, int j, int k, int l, int m, int n, int o, int p,
                                           int q, int r) {
  int array[] = {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r};
  return External(array);
}
int CallLocal(int x) {
  return Local(x, x + 1, x + 2, x + 3, x + 4, x + 5, x + 6, x + 7, x + 8, x + 9, x + 10, x + 11,
               x + 12, x + 13, x + 14, x + 15, x + 16, x + 17);
}
