// Which variant of a kernel runs. Explicit, because resolvers that run at load time crash under the thread sanitizer.
#pragma once

// 2: AVX-512 with byte compression (the generations that run 512-bit loops at full clock), 1: AVX2 with fused
// multiply and add, 0: what every machine has.
int segue_level(void);

// What to compile a variant for: names of features, because names of processors bring tuning for narrower vectors.
#define SEGUE_TARGET_512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,avx512vnni,avx2,fma,bmi,bmi2,popcnt,lzcnt")))
#define SEGUE_TARGET_256 __attribute__((target("avx2,fma,bmi,bmi2,popcnt,lzcnt")))
