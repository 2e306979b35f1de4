"""Messages of models.proto."""

from anyqpu_grpc.rigetti._pool import message

Uuid = message("models.controller.Uuid")
JobEncryption = message("models.controller.JobEncryption")
EncryptedControllerJob = message("models.controller.EncryptedControllerJob")
DataValue = message("models.controller.DataValue")
BinaryDataValue = message("models.controller.BinaryDataValue")
IntegerDataValue = message("models.controller.IntegerDataValue")
RealDataValue = message("models.controller.RealDataValue")
JobExecutionConfiguration = message("models.controller.JobExecutionConfiguration")
Complex64 = message("models.controller.Complex64")
IntegerReadoutValues = message("models.controller.IntegerReadoutValues")
Complex64ReadoutValues = message("models.controller.Complex64ReadoutValues")
ReadoutValues = message("models.controller.ReadoutValues")
ControllerJobExecutionResult = message("models.controller.ControllerJobExecutionResult")
