#include "with space/more.h"
#define TOO_SMALL 8
