#include <jni.h>

JNIEXPORT void JNICALL Java_JniMisuse_callWithExceptionPending(JNIEnv* env, jclass type) {
  jclass error = (*env)->FindClass(env, "java/lang/IllegalStateException");
  (*env)->ThrowNew(env, error, "planted");
  (*env)->GetStaticMethodID(env, type, "main", "([Ljava/lang/String;)V");
}
