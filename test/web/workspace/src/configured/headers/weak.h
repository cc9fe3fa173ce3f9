#define WEAK_SIZE 8
