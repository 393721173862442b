// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/memory.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <vector>

#include "runtime/vector.h"

namespace ftrace {
namespace {

bool IsZero(const void* memory, size_t size) {
  const auto* bytes = static_cast<const uint8_t*>(memory);
  return std::all_of(bytes, bytes + size, [](uint8_t byte) { return byte == 0; });
}

struct Block {
  uint8_t* data;
  size_t size;
};

std::vector<Block> AllocateAll(const std::vector<size_t>& sizes) {
  std::vector<Block> blocks;
  for (const size_t size : sizes) blocks.push_back({static_cast<uint8_t*>(Allocate(size)), size});
  return blocks;
}

const std::vector<size_t> kSizes = {0,     1,     16,    31,    32,    33,    63,
                                    64,    65,    1000,  4096,  4097,  16384, 16385,
                                    32767, 32768, 32769, 65536, 65537, 200000};

class MemoryTest : public testing::Test {
 protected:
  void TearDown() override {
    FailAllocation(0);
    EXPECT_EQ(AllocatedBytes(), at_start_);
  }
  const size_t at_start_ = AllocatedBytes();
};

TEST_F(MemoryTest, BlocksAreZeroAndAlignedAlsoWhenTheyAreUsedAgain) {
  for (int round = 0; round < 3; ++round) {
    const std::vector<Block> blocks = AllocateAll(kSizes);
    for (const Block& block : blocks) {
      ASSERT_NE(block.data, nullptr) << block.size;
      EXPECT_EQ(reinterpret_cast<uintptr_t>(block.data) % 16, 0u) << block.size;
      EXPECT_TRUE(IsZero(block.data, block.size)) << block.size;
      std::memset(block.data, 0xa5, block.size);
    }
    for (const Block& block : blocks) Free(block.data, block.size);
  }
}

TEST_F(MemoryTest, BlocksDoNotOverlap) {
  std::vector<size_t> sizes;
  for (int i = 0; i < 20; ++i) sizes.insert(sizes.end(), kSizes.begin(), kSizes.end());
  std::vector<Block> blocks = AllocateAll(sizes);
  for (size_t i = 0; i < blocks.size(); ++i) {
    std::memset(blocks[i].data, static_cast<int>(i % 251), blocks[i].size);
  }
  for (size_t i = 0; i < blocks.size(); ++i) {
    const auto value = static_cast<uint8_t>(i % 251);
    EXPECT_TRUE(std::all_of(blocks[i].data, blocks[i].data + blocks[i].size,
                            [value](uint8_t byte) { return byte == value; }));
  }
  for (const Block& block : blocks) Free(block.data, block.size);
}

TEST_F(MemoryTest, AFreedBlockServesItsSizeClassAgain) {
  void* first = Allocate(100);
  Free(first, 100);
  void* second = Allocate(65);
  EXPECT_EQ(second, first);
  void* third = Allocate(65);
  EXPECT_NE(third, first);
  Free(second, 65);
  Free(third, 65);
}

TEST_F(MemoryTest, AReusedBlockIsZeroUnlessAskedForWithAnyContent) {
  auto* block = static_cast<uint8_t*>(Allocate(1000));
  ASSERT_NE(block, nullptr);
  block[0] = block[999] = 7;
  Free(block, 1000);
  EXPECT_EQ(AllocateUninitialized(1000), block);
  Free(block, 1000);
  block = static_cast<uint8_t*>(Allocate(1000));
  EXPECT_EQ(block[0] | block[999], 0);
  Free(block, 1000);
}

TEST_F(MemoryTest, BytesInUseAreThoseOfTheSizeClass) {
  const std::vector<std::pair<size_t, size_t>> expected = {
      {1, 32},        {32, 32},           {33, 64},           {4097, 8192},
      {32769, 65536}, {1048576, 1048576}, {1048577, 1052672}, {3000000, 3002368}};
  for (const auto& [size, used] : expected) {
    void* block = Allocate(size);
    EXPECT_EQ(AllocatedBytes() - at_start_, used) << size;
    Free(block, size);
    EXPECT_EQ(AllocatedBytes(), at_start_) << size;
  }
}

TEST_F(MemoryTest, ALargeBlockIsUnmappedWhenItIsFreed) {
  constexpr size_t kLarge = size_t{2} << 20;
  void* block = Allocate(kLarge);
  ASSERT_EQ(msync(block, kLarge, MS_ASYNC), 0);
  Free(block, kLarge);
  EXPECT_EQ(msync(block, kLarge, MS_ASYNC), -1);
  EXPECT_EQ(errno, ENOMEM);
}

TEST_F(MemoryTest, FreeOfNullDoesNothing) {
  Free(nullptr, 0);
  Free(nullptr, 32);
  Free(nullptr, 100000);
  Delete<int>(nullptr);
}

TEST_F(MemoryTest, OnlyTheNthAllocationFails) {
  FailAllocation(3);
  const std::vector<Block> blocks = AllocateAll({10, 10, 10, 10});
  EXPECT_NE(blocks[0].data, nullptr);
  EXPECT_NE(blocks[1].data, nullptr);
  EXPECT_EQ(blocks[2].data, nullptr);
  EXPECT_NE(blocks[3].data, nullptr);
  for (const Block& block : blocks) Free(block.data, block.size);
}

TEST_F(MemoryTest, ALargeAllocationFailsOnDemandToo) {
  FailAllocation(1);
  EXPECT_EQ(Allocate(2 << 20), nullptr);
}

TEST_F(MemoryTest, ASwitchedOffFaultDoesNotCome) {
  FailAllocation(1);
  FailAllocation(0);
  void* block = Allocate(10);
  EXPECT_NE(block, nullptr);
  Free(block, 10);
}

TEST_F(MemoryTest, NewRunsTheConstructorAndSaysWhenThereIsNoMemory) {
  struct Object {
    int set = 7;
    int zero;
  };
  auto* object = New<Object>();
  ASSERT_NE(object, nullptr);
  EXPECT_EQ(object->set, 7);
  EXPECT_EQ(object->zero, 0);
  Delete(object);
  FailAllocation(1);
  EXPECT_EQ(New<Object>(), nullptr);
}

class VectorTest : public MemoryTest {};

std::vector<int> Content(const Vector<int>& vector) { return {vector.begin(), vector.end()}; }

TEST_F(VectorTest, GrowingKeepsTheElements) {
  Vector<int> vector;
  std::vector<int> expected;
  for (int i = 0; i < 20000; ++i) {
    ASSERT_TRUE(vector.PushBack(i * 3));
    expected.push_back(i * 3);
  }
  EXPECT_EQ(Content(vector), expected);
}

TEST_F(VectorTest, ResizeGivesZeroesAlsoWhereElementsWereBefore) {
  Vector<int> vector;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(vector.PushBack(-1));
  vector.Truncate(2);
  ASSERT_TRUE(vector.Resize(5));
  EXPECT_EQ(Content(vector), (std::vector<int>{-1, -1, 0, 0, 0}));
  vector.Truncate(9);
  EXPECT_EQ(vector.size(), 5u);
}

TEST_F(VectorTest, EraseClosesTheGap) {
  Vector<int> vector;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(vector.PushBack(i));
  vector.Erase(1);
  vector.Erase(3);
  vector.Erase(0);
  EXPECT_EQ(Content(vector), (std::vector<int>{2, 3}));
}

TEST_F(VectorTest, CopyAndSwapAndClear) {
  Vector<int> source;
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(source.PushBack(i));
  Vector<int> copy;
  ASSERT_TRUE(copy.PushBack(5));
  ASSERT_TRUE(copy.CopyFrom(source));
  EXPECT_EQ(Content(copy), Content(source));
  Vector<int> other;
  other.Swap(copy);
  EXPECT_TRUE(copy.empty());
  EXPECT_EQ(other.size(), 100u);
  const size_t before = AllocatedBytes();
  other.Clear();
  EXPECT_TRUE(other.empty());
  EXPECT_LT(AllocatedBytes(), before);
  ASSERT_TRUE(source.CopyFrom(other));
  EXPECT_TRUE(source.empty());
}

TEST_F(VectorTest, WithoutMemoryNothingChanges) {
  Vector<int> vector;
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(vector.PushBack(i));
  Vector<int> larger;
  ASSERT_TRUE(larger.Resize(1000));
  const std::vector<int> expected = Content(vector);
  const int* data = vector.begin();
  FailAllocation(1);
  EXPECT_FALSE(vector.PushBack(8));
  FailAllocation(1);
  EXPECT_FALSE(vector.Reserve(9));
  FailAllocation(1);
  EXPECT_FALSE(vector.Resize(1000));
  FailAllocation(1);
  EXPECT_FALSE(vector.CopyFrom(larger));
  EXPECT_EQ(Content(vector), expected);
  EXPECT_EQ(vector.begin(), data);
  EXPECT_TRUE(vector.PushBack(8));
}

TEST_F(VectorTest, WithRoomNothingIsAllocated) {
  Vector<int> vector;
  ASSERT_TRUE(vector.Reserve(100));
  FailAllocation(1);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(vector.PushBack(i));
  EXPECT_TRUE(vector.Resize(50));
  EXPECT_FALSE(vector.Resize(101));
}

}  // namespace
}  // namespace ftrace
