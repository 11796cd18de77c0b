/* The face of naj_tensor.h towards Java; conventions as in naj_bind.h. */
#ifndef NAJ_NAJ_BIND_TENSOR_H
#define NAJ_NAJ_BIND_TENSOR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `limits`: address of a struct naj_limits, 0 = defaults; `table`: of room for the block. */
int32_t naj_bind_tensor_read(int64_t memory, int64_t offset, int64_t available_bytes,
                             int32_t is_last, int64_t limits, int64_t table, int64_t table_bytes,
                             int64_t error);
/* `out_size_bytes`: address of an int64_t. */
int32_t naj_bind_tensor_encode(int64_t table, int64_t table_bytes, int32_t metadata_version,
                               int32_t is_legacy, int64_t out_bytes, int64_t room_bytes,
                               int64_t out_size_bytes, int64_t error);

#ifdef __cplusplus
}
#endif

#endif
