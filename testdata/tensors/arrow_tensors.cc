// Tensor messages by Arrow C++, which pyarrow's wheel carries: what Python offers reads and writes
// dense tensors only, and makes them from numpy alone.
//
//   arrow_tensors write FOLDER    writes one file for each case
//   arrow_tensors read FILE...    prints kind, type, shape and values of each, one line a file
#include <arrow/api.h>
#include <arrow/io/api.h>
#include <arrow/ipc/api.h>
#include <arrow/sparse_tensor.h>
#include <arrow/tensor.h>

#include <iostream>
#include <string>
#include <vector>

using arrow::Result;
using arrow::Status;
using arrow::Tensor;

namespace {

template <typename T>
std::shared_ptr<arrow::Buffer> Bytes(const std::vector<T>& values) {
  return arrow::Buffer::FromVector(values);
}

Status Save(const std::string& path, const Tensor& tensor) {
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::FileOutputStream::Open(path));
  int32_t metadata_bytes;
  int64_t body_bytes;
  ARROW_RETURN_NOT_OK(arrow::ipc::WriteTensor(tensor, file.get(), &metadata_bytes, &body_bytes));
  return file->Close();
}

Status Save(const std::string& path, const arrow::SparseTensor& tensor) {
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::FileOutputStream::Open(path));
  int32_t metadata_bytes;
  int64_t body_bytes;
  ARROW_RETURN_NOT_OK(
      arrow::ipc::WriteSparseTensor(tensor, file.get(), &metadata_bytes, &body_bytes));
  return file->Close();
}

template <typename T>
Status SaveNumbers(const std::string& folder, const std::shared_ptr<arrow::DataType>& type) {
  std::vector<T> numbers;
  for (int i = 0; i < 6; i++) numbers.push_back(static_cast<T>(i * 7 % 5 + 1));
  ARROW_ASSIGN_OR_RAISE(auto tensor, Tensor::Make(type, Bytes(numbers), {2, 3}));
  return Save(folder + "/dense-" + type->ToString() + ".tensor", *tensor);
}

Status Dense(const std::string& folder) {
  ARROW_RETURN_NOT_OK(SaveNumbers<int8_t>(folder, arrow::int8()));
  ARROW_RETURN_NOT_OK(SaveNumbers<int16_t>(folder, arrow::int16()));
  ARROW_RETURN_NOT_OK(SaveNumbers<int32_t>(folder, arrow::int32()));
  ARROW_RETURN_NOT_OK(SaveNumbers<int64_t>(folder, arrow::int64()));
  ARROW_RETURN_NOT_OK(SaveNumbers<uint8_t>(folder, arrow::uint8()));
  ARROW_RETURN_NOT_OK(SaveNumbers<uint16_t>(folder, arrow::uint16()));
  ARROW_RETURN_NOT_OK(SaveNumbers<uint32_t>(folder, arrow::uint32()));
  ARROW_RETURN_NOT_OK(SaveNumbers<uint64_t>(folder, arrow::uint64()));
  ARROW_RETURN_NOT_OK(SaveNumbers<float>(folder, arrow::float32()));
  ARROW_RETURN_NOT_OK(SaveNumbers<double>(folder, arrow::float64()));
  const auto halves = Bytes<uint16_t>({0x3C00, 0x4000, 0x4200, 0xC400, 0x0001, 0x7C00});
  ARROW_ASSIGN_OR_RAISE(auto half, Tensor::Make(arrow::float16(), halves, {2, 3}));
  ARROW_RETURN_NOT_OK(Save(folder + "/dense-halffloat.tensor", *half));

  std::vector<double> numbers;
  for (int i = 0; i < 24; i++) numbers.push_back(i + 0.5);
  const auto data = Bytes(numbers);
  const std::vector<std::string> names = {"time", "", "station"};
  ARROW_ASSIGN_OR_RAISE(auto named, Tensor::Make(arrow::float64(), data, {2, 3, 4}, {}, names));
  ARROW_RETURN_NOT_OK(Save(folder + "/dense-named.tensor", *named));
  ARROW_ASSIGN_OR_RAISE(auto columns, Tensor::Make(arrow::float64(), data, {2, 3, 4}, {8, 16, 48}));
  ARROW_RETURN_NOT_OK(Save(folder + "/dense-column-major.tensor", *columns));
  ARROW_ASSIGN_OR_RAISE(auto strided, Tensor::Make(arrow::float64(), data, {2, 3}, {96, 16}));
  ARROW_RETURN_NOT_OK(Save(folder + "/dense-strided.tensor", *strided));
  ARROW_ASSIGN_OR_RAISE(auto empty, Tensor::Make(arrow::float64(), Bytes<double>({}), {3, 0}));
  ARROW_RETURN_NOT_OK(Save(folder + "/dense-empty.tensor", *empty));
  ARROW_ASSIGN_OR_RAISE(auto scalar, Tensor::Make(arrow::float64(), data, std::vector<int64_t>{}));
  return Save(folder + "/dense-scalar.tensor", *scalar);
}

template <typename S>
Status SaveSparse(const std::string& path, const Tensor& dense,
                  const std::shared_ptr<arrow::DataType>& index_type) {
  ARROW_ASSIGN_OR_RAISE(auto sparse, S::Make(dense, index_type));
  return Save(path, *sparse);
}

Status Sparse(const std::string& folder) {
  const std::vector<std::string> matrix_names = {"row", "column"};
  ARROW_ASSIGN_OR_RAISE(
      auto matrix,
      Tensor::Make(arrow::int32(), Bytes<int32_t>({0, 1, 0, 2, 0, 0, 0, 0, 3, 0, 0, 4}), {3, 4}, {},
                   matrix_names));
  std::vector<double> values(24, 0);
  values[1] = 1.5;
  values[4] = -2.5;
  values[13] = 3.25;
  values[23] = 4;
  ARROW_ASSIGN_OR_RAISE(auto cube, Tensor::Make(arrow::float64(), Bytes(values), {2, 3, 4}, {},
                                                {"time", "", "station"}));
  ARROW_ASSIGN_OR_RAISE(auto none, Tensor::Make(arrow::int16(), Bytes<int16_t>({0, 0, 0, 0}),
                                                {2, 2}, {}, matrix_names));
  for (const auto& type : {arrow::int8(), arrow::int64(), arrow::uint16()}) {
    const std::string tail = "-" + type->ToString() + ".tensor";
    ARROW_RETURN_NOT_OK(SaveSparse<arrow::SparseCOOTensor>(folder + "/coo" + tail, *cube, type));
    ARROW_RETURN_NOT_OK(SaveSparse<arrow::SparseCSFTensor>(folder + "/csf" + tail, *cube, type));
    ARROW_RETURN_NOT_OK(SaveSparse<arrow::SparseCSRMatrix>(folder + "/csr" + tail, *matrix, type));
    ARROW_RETURN_NOT_OK(SaveSparse<arrow::SparseCSCMatrix>(folder + "/csc" + tail, *matrix, type));
  }
  const auto type = arrow::int64();
  ARROW_RETURN_NOT_OK(SaveSparse<arrow::SparseCOOTensor>(folder + "/coo-zero.tensor", *none, type));
  ARROW_RETURN_NOT_OK(SaveSparse<arrow::SparseCSRMatrix>(folder + "/csr-zero.tensor", *none, type));
  return SaveSparse<arrow::SparseCSCMatrix>(folder + "/csc-zero.tensor", *none, type);
}

Status Print(const Tensor& tensor) {
  std::cout << tensor.type()->ToString() << " [";
  for (int i = 0; i < tensor.ndim(); i++) {
    std::cout << (i == 0 ? "" : ", ") << tensor.dim_name(i) << ":" << tensor.shape()[i];
  }
  std::cout << "] ";
  std::vector<int64_t> at(tensor.ndim(), 0);
  for (int64_t left = tensor.size(); left > 0; left--) {
    int64_t offset = 0;
    for (int i = 0; i < tensor.ndim(); i++) offset += at[i] * tensor.strides()[i];
    const uint8_t* value = tensor.raw_data() + offset;
    std::shared_ptr<arrow::Buffer> bytes =
        std::make_shared<arrow::Buffer>(value, tensor.type()->byte_width());
    const auto one = arrow::ArrayData::Make(tensor.type(), 1, {nullptr, bytes}, 0);
    ARROW_ASSIGN_OR_RAISE(auto scalar, arrow::MakeArray(one)->GetScalar(0));
    std::cout << scalar->ToString() << (left > 1 ? " " : "");
    for (int i = tensor.ndim() - 1; i >= 0 && ++at[i] == tensor.shape()[i]; i--) at[i] = 0;
  }
  std::cout << std::endl;
  return Status::OK();
}

Status Read(const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(auto file,
                        arrow::io::MemoryMappedFile::Open(path, arrow::io::FileMode::READ));
  ARROW_ASSIGN_OR_RAISE(auto message, arrow::ipc::ReadMessage(file.get()));
  if (message->type() == arrow::ipc::MessageType::TENSOR) {
    ARROW_ASSIGN_OR_RAISE(auto tensor, arrow::ipc::ReadTensor(*message));
    std::cout << "dense ";
    return Print(*tensor);
  }
  ARROW_ASSIGN_OR_RAISE(auto sparse, arrow::ipc::ReadSparseTensor(*message));
  std::cout << sparse->sparse_index()->ToString() << " ";
  std::cout << sparse->non_zero_length() << " of ";
  ARROW_ASSIGN_OR_RAISE(auto dense, sparse->ToTensor());
  // ToTensor() may lose the names.
  ARROW_ASSIGN_OR_RAISE(auto named, Tensor::Make(dense->type(), dense->data(), dense->shape(),
                                                 dense->strides(), sparse->dim_names()));
  return Print(*named);
}

Status Run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 2 && arguments[0] == "write") {
    ARROW_RETURN_NOT_OK(Dense(arguments[1]));
    return Sparse(arguments[1]);
  }
  if (arguments.size() < 2 || arguments[0] != "read") {
    return Status::Invalid("usage: arrow_tensors write FOLDER | read FILE...");
  }
  for (size_t i = 1; i < arguments.size(); i++) {
    const Status status = Read(arguments[i]);
    if (!status.ok()) return Status::Invalid(arguments[i], ": ", status.ToString());
  }
  return Status::OK();
}

}  // namespace

int main(int argc, char** argv) {
  const Status status = Run(std::vector<std::string>(argv + 1, argv + argc));
  if (!status.ok()) std::cerr << status.ToString() << std::endl;
  return status.ok() ? 0 : 1;
}
