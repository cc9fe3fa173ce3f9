#include "../../include/own/codes.h"
#define ENOUGH sizeof(struct tcp_keepalive)
