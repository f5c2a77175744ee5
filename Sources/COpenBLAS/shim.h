// BLAS through CBLAS; LAPACK through its Fortran entry points, only those that are called.
// Character arguments carry hidden lengths, passed by value at the end.
#ifndef SEGUE_COPENBLAS_SHIM_H
#define SEGUE_COPENBLAS_SHIM_H

#include <cblas.h>
#include <stddef.h>

// Eigenvalues and vectors of a real symmetric matrix, divide and conquer.
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
             double *work, const int *lwork, int *iwork, const int *liwork, int *info, size_t, size_t);

// Cholesky factor of a symmetric positive definite matrix; the inverse of a triangular one.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t);
void dtrtri_(const char *uplo, const char *diag, const int *n, double *a, const int *lda, int *info, size_t, size_t);

#endif
