#include "instruction_set.h"

#include "CKernels.h"

static int limit = 2;

void segue_limit_instruction_set(int level) { __atomic_store_n(&limit, level, __ATOMIC_RELAXED); }

static int best_level(void) {
#if defined(__x86_64__)
  static int known = -1;
  int found = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (found >= 0) return found;
  __builtin_cpu_init();
  found = 0;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma")) found = 1;
  if (found && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vbmi2") &&
      __builtin_cpu_supports("avx512vnni")) {
    found = 2;
  }
  __atomic_store_n(&known, found, __ATOMIC_RELAXED);
  return found;
#else
  return 0;
#endif
}

int segue_level(void) {
  const int best = best_level(), most = __atomic_load_n(&limit, __ATOMIC_RELAXED);
  return best < most ? best : most;
}

const char *segue_instruction_set(void) {
  static const char *const names[] = {"baseline", "AVX2", "AVX-512"};
  return names[segue_level()];
}
