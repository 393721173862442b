// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A growing array of trivial elements that says when there is no memory.
#ifndef FTRACE_RUNTIME_VECTOR_H_
#define FTRACE_RUNTIME_VECTOR_H_

#include <cstddef>
#include <cstring>
#include <type_traits>

#include "runtime/memory.h"

namespace ftrace {

template <typename T>
class Vector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Vector() = default;
  ~Vector() { Free(data_, capacity_ * sizeof(T)); }
  Vector(const Vector&) = delete;
  Vector& operator=(const Vector&) = delete;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }

  // False: no memory, unchanged.
  bool Reserve(size_t capacity) {
    if (capacity <= capacity_) return true;
    size_t wanted = capacity_ < 8 ? 8 : capacity_ * 2;
    if (wanted < capacity) wanted = capacity;
    auto* data = static_cast<T*>(AllocateUninitialized(wanted * sizeof(T)));
    if (data == nullptr) return false;
    if (size_ != 0) memcpy(static_cast<void*>(data), data_, size_ * sizeof(T));
    Free(data_, capacity_ * sizeof(T));
    data_ = data;
    capacity_ = wanted;
    return true;
  }
  bool PushBack(const T& value) {
    if (!Reserve(size_ + 1)) return false;
    data_[size_++] = value;
    return true;
  }
  // New elements are zero. False: no memory, unchanged.
  bool Resize(size_t size) {
    if (!Reserve(size)) return false;
    if (size > size_) memset(static_cast<void*>(data_ + size_), 0, (size - size_) * sizeof(T));
    size_ = size;
    return true;
  }
  void Truncate(size_t size) {
    if (size < size_) size_ = size;
  }
  void Erase(size_t i) {
    memmove(static_cast<void*>(data_ + i), data_ + i + 1, (size_ - i - 1) * sizeof(T));
    --size_;
  }
  bool CopyFrom(const Vector& other) {
    if (!Reserve(other.size_)) return false;
    if (other.size_ != 0) memcpy(static_cast<void*>(data_), other.data_, other.size_ * sizeof(T));
    size_ = other.size_;
    return true;
  }
  void Swap(Vector& other) {
    T* data = data_;
    const size_t size = size_;
    const size_t capacity = capacity_;
    data_ = other.data_;
    size_ = other.size_;
    capacity_ = other.capacity_;
    other.data_ = data;
    other.size_ = size;
    other.capacity_ = capacity;
  }
  void Clear() {
    Vector empty;
    Swap(empty);
  }

 private:
  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_VECTOR_H_
