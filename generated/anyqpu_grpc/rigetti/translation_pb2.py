"""Messages of translation.proto."""

from anyqpu_grpc.rigetti._pool import message

TranslateQuilToEncryptedControllerJobRequest = message(
    "services.translation.TranslateQuilToEncryptedControllerJobRequest"
)
TranslateQuilToEncryptedControllerJobResponse = message(
    "services.translation.TranslateQuilToEncryptedControllerJobResponse"
)
QuilTranslationMetadata = message("services.translation.QuilTranslationMetadata")
TranslationOptions = message("services.translation.TranslationOptions")
QCtrlOptions = message("services.translation.QCtrlOptions")
RiverlaneOptions = message("services.translation.RiverlaneOptions")
BackendV1Options = message("services.translation.BackendV1Options")
BackendV2Options = message("services.translation.BackendV2Options")
GetQuantumProcessorQuilCalibrationProgramRequest = message(
    "services.translation.GetQuantumProcessorQuilCalibrationProgramRequest"
)
GetQuantumProcessorQuilCalibrationProgramResponse = message(
    "services.translation.GetQuantumProcessorQuilCalibrationProgramResponse"
)
