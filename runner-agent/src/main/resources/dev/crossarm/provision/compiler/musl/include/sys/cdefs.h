/* Written by crossarm. */
#ifndef CROSSARM_SYS_CDEFS_H
#define CROSSARM_SYS_CDEFS_H
#include <features.h>
#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif
#define __P(parameters) parameters
#define __CONCAT(left, right) left##right
#define __STRING(text) #text
#ifndef __THROW
#define __THROW
#endif
#endif
