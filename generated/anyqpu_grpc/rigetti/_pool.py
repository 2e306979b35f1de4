"""The messages' descriptors, in a pool of their own: names of other packages in the process do not clash."""

from __future__ import annotations

from typing import Any

from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

POOL = DescriptorPool()
for _file in (
    (
        b'\n anyqpu_grpc/rigetti/models.proto\x12\x11models.controller",\n\x04Uuid\x12\x12\n'
        b'\x04high\x18\x01 \x01(\x06R\x04high\x12\x10\n\x03low\x18\x02 \x01(\x06R\x03low"<\n\rJobEncryption\x12\x15\n\x06key_id\x18\x01'
        b' \x01(\tR\x05keyId\x12\x14\n\x05nonce\x18\x02 \x01(\x0cR\x05nonce"l\n\x16EncryptedControllerJob\x12\x10\n\x03j'
        b"ob\x18\x01 \x01(\x0cR\x03job\x12@\n\nencryption\x18\x02 \x01(\x0b2 .models.controller.JobEncrypt"
        b'ionR\nencryption"\xcb\x01\n\tDataValue\x12<\n\x06binary\x18e \x01(\x0b2".models.controlle'
        b"r.BinaryDataValueH\x00R\x06binary\x12?\n\x07integer\x18f \x01(\x0b2#.models.controller"
        b".IntegerDataValueH\x00R\x07integer\x126\n\x04real\x18g \x01(\x0b2 .models.controller.R"
        b'ealDataValueH\x00R\x04realB\x07\n\x05value"%\n\x0fBinaryDataValue\x12\x12\n\x04data\x18\x01 \x01(\x0cR\x04'
        b'data"&\n\x10IntegerDataValue\x12\x12\n\x04data\x18\x01 \x03(\x03R\x04data"#\n\rRealDataValue\x12\x12\n'
        b'\x04data\x18\x01 \x03(\x01R\x04data"\xdf\x01\n\x19JobExecutionConfiguration\x12c\n\rmemory_values'
        b"\x18\x03 \x03(\x0b2>.models.controller.JobExecutionConfiguration.MemoryValue"
        b"sEntryR\x0cmemoryValues\x1a]\n\x11MemoryValuesEntry\x12\x10\n\x03key\x18\x01 \x01(\tR\x03key\x122\n\x05v"
        b'alue\x18\x02 \x01(\x0b2\x1c.models.controller.DataValueR\x05value:\x028\x01"=\n\tComplex64'
        b'\x12\x12\n\x04real\x18\x01 \x01(\x02R\x04real\x12\x1c\n\timaginary\x18\x02 \x01(\x02R\timaginary".\n\x14IntegerRea'
        b'doutValues\x12\x16\n\x06values\x18\x01 \x03(\x05R\x06values"N\n\x16Complex64ReadoutValues\x124\n\x06'
        b'values\x18\x01 \x03(\x0b2\x1c.models.controller.Complex64R\x06values"\xbf\x01\n\rReadoutVa'
        b"lues\x12P\n\x0einteger_values\x18\x01 \x01(\x0b2'.models.controller.IntegerReadoutV"
        b"aluesH\x00R\rintegerValues\x12R\n\x0ecomplex_values\x18\x02 \x01(\x0b2).models.controll"
        b'er.Complex64ReadoutValuesH\x00R\rcomplexValuesB\x08\n\x06values"\xed\x05\n\x1cControl'
        b"lerJobExecutionResult\x12f\n\rmemory_values\x18\x01 \x03(\x0b2A.models.controller"
        b".ControllerJobExecutionResult.MemoryValuesEntryR\x0cmemoryValues\x12i\n"
        b"\x0ereadout_values\x18\x02 \x03(\x0b2B.models.controller.ControllerJobExecution"
        b"Result.ReadoutValuesEntryR\rreadoutValues\x12N\n\x06status\x18\x03 \x01(\x0e26.model"
        b"s.controller.ControllerJobExecutionResult.StatusR\x06status\x12*\n\x0estat"
        b"us_message\x18\x04 \x01(\tH\x00R\rstatusMessage\x88\x01\x01\x12F\n\x1fexecution_duration_micro"
        b"seconds\x18\x05 \x01(\x04R\x1dexecutionDurationMicroseconds\x1a]\n\x11MemoryValuesEntr"
        b"y\x12\x10\n\x03key\x18\x01 \x01(\tR\x03key\x122\n\x05value\x18\x02 \x01(\x0b2\x1c.models.controller.DataValue"
        b"R\x05value:\x028\x01\x1ab\n\x12ReadoutValuesEntry\x12\x10\n\x03key\x18\x01 \x01(\tR\x03key\x126\n\x05value\x18\x02 \x01"
        b'(\x0b2 .models.controller.ReadoutValuesR\x05value:\x028\x01"`\n\x06Status\x12\x0b\n\x07UNK'
        b"NOWN\x10\x00\x12\x0b\n\x07SUCCESS\x10\x01\x12\x13\n\x0fSERVICE_FAILURE\x10\x02\x12\x10\n\x0cUSER_FAILURE\x10\x03\x12\x15\n\x11US"
        b"ER_CANCELLATION\x10\x04B\x11\n\x0f_status_messageb\x06proto3"
    ),
    (
        b'\n\x1egoogle/protobuf/duration.proto\x12\x0fgoogle.protobuf":\n\x08Duration\x12\x18\n'
        b"\x07seconds\x18\x01 \x01(\x03R\x07seconds\x12\x14\n\x05nanos\x18\x02 \x01(\x05R\x05nanosB\x83\x01\n\x13com.google.pro"
        b"tobufB\rDurationProtoP\x01Z1google.golang.org/protobuf/types/known/d"
        b"urationpb\xf8\x01\x01\xa2\x02\x03GPB\xaa\x02\x1eGoogle.Protobuf.WellKnownTypesb\x06proto3"
    ),
    (
        b'\n\x1fgoogle/protobuf/timestamp.proto\x12\x0fgoogle.protobuf";\n\tTimestamp\x12'
        b"\x18\n\x07seconds\x18\x01 \x01(\x03R\x07seconds\x12\x14\n\x05nanos\x18\x02 \x01(\x05R\x05nanosB\x85\x01\n\x13com.google.p"
        b"rotobufB\x0eTimestampProtoP\x01Z2google.golang.org/protobuf/types/know"
        b"n/timestamppb\xf8\x01\x01\xa2\x02\x03GPB\xaa\x02\x1eGoogle.Protobuf.WellKnownTypesb\x06proto3"
    ),
    (
        b"\n$anyqpu_grpc/rigetti/controller.proto\x12\x13services.controller\x1a any"
        b"qpu_grpc/rigetti/models.proto\x1a\x1egoogle/protobuf/duration.proto\x1a\x1fg"
        b'oogle/protobuf/timestamp.proto"\xd6\x03\n\x1bExecuteControllerJobRequest\x12g'
        b"\n\x18execution_configurations\x18\x03 \x03(\x0b2,.models.controller.JobExecutio"
        b"nConfigurationR\x17executionConfigurations\x12?\n\x07options\x18\x04 \x01(\x0b2%.servi"
        b"ces.controller.ExecutionOptionsR\x07options\x12E\n\x0fidempotency_key\x18\x05 \x01("
        b"\x0b2\x17.models.controller.UuidH\x02R\x0eidempotencyKey\x88\x01\x01\x122\n\x14quantum_proce"
        b"ssor_id\x18e \x01(\tH\x00R\x12quantumProcessorId\x12!\n\x0bendpoint_id\x18f \x01(\tH\x00R\nendp"
        b"ointId\x12J\n\tencrypted\x18\xc9\x01 \x01(\x0b2).models.controller.EncryptedControll"
        b'erJobH\x01R\tencryptedB\x08\n\x06targetB\x05\n\x03jobB\x12\n\x10_idempotency_key"\x96\x01\n\x10Exec'
        b"utionOptions\x12<\n\x1abypass_settings_protection\x18\x03 \x01(\x08R\x18bypassSettings"
        b"Protection\x128\n\x07timeout\x18\x04 \x01(\x0b2\x19.google.protobuf.DurationH\x00R\x07timeou"
        b't\x88\x01\x01B\n\n\x08_timeout"J\n\x1cExecuteControllerJobResponse\x12*\n\x11job_executio'
        b'n_ids\x18\x01 \x03(\tR\x0fjobExecutionIds"\xcc\x01\n!BatchExecuteControllerJobsReque'
        b"st\x12L\n\x08requests\x18\x01 \x03(\x0b20.services.controller.ExecuteControllerJobR"
        b"equestR\x08requests\x12E\n\x0fidempotency_key\x18\x02 \x01(\x0b2\x17.models.controller.Uu"
        b'idH\x00R\x0eidempotencyKey\x88\x01\x01B\x12\n\x10_idempotency_key"u\n"BatchExecuteContr'
        b"ollerJobsResponse\x12O\n\tresponses\x18\x01 \x03(\x0b21.services.controller.Execu"
        b'teControllerJobResponseR\tresponses"\x97\x01\n\x1dGetControllerJobStatusReq'
        b"uest\x12\x15\n\x06job_id\x18\x01 \x01(\tR\x05jobId\x122\n\x14quantum_processor_id\x18e \x01(\tH\x00R\x12qua"
        b'ntumProcessorId\x12!\n\x0bendpoint_id\x18f \x01(\tH\x00R\nendpointIdB\x08\n\x06target"\xcc\x02\n'
        b"\x1eGetControllerJobStatusResponse\x12R\n\x06status\x18\x01 \x01(\x0e2:.services.contr"
        b"oller.GetControllerJobStatusResponse.StatusR\x06status\x12h\n\x1eestimated"
        b"_job_completion_delay\x18\x02 \x01(\x0b2#.services.controller.EstimatedDelay"
        b'R\x1bestimatedJobCompletionDelay"l\n\x06Status\x12\x0b\n\x07UNKNOWN\x10\x00\x12\n\n\x06QUEUED\x10\x01'
        b"\x12\x0b\n\x07RUNNING\x10\x02\x12\r\n\tSUCCEEDED\x10\x03\x12\n\n\x06FAILED\x10\x04\x12\x0c\n\x08CANCELED\x10\x05\x12\x13\n\x0fPOST_P"
        b'ROCESSING\x10\x06"\xa8\x01\n\x0eEstimatedDelay\x123\n\x07minimum\x18\x01 \x01(\x0b2\x19.google.protobu'
        b"f.DurationR\x07minimum\x123\n\x07maximum\x18\x02 \x01(\x0b2\x19.google.protobuf.DurationR"
        b'\x07maximum\x12,\n\x03now\x18\x03 \x01(\x0b2\x1a.google.protobuf.TimestampR\x03now"\xab\x01\n\x1eGetCo'
        b"ntrollerJobResultsRequest\x12(\n\x10job_execution_id\x18\x01 \x01(\tR\x0ejobExecutio"
        b"nId\x122\n\x14quantum_processor_id\x18e \x01(\tH\x00R\x12quantumProcessorId\x12!\n\x0bendpo"
        b'int_id\x18f \x01(\tH\x00R\nendpointIdB\x08\n\x06target"j\n\x1fGetControllerJobResultsR'
        b"esponse\x12G\n\x06result\x18\x01 \x01(\x0b2/.models.controller.ControllerJobExecuti"
        b'onResultR\x06result"\x97\x01\n\x1bCancelControllerJobsRequest\x12\x17\n\x07job_ids\x18\x01 \x03('
        b"\tR\x06jobIds\x122\n\x14quantum_processor_id\x18e \x01(\tH\x00R\x12quantumProcessorId\x12!\n"
        b'\x0bendpoint_id\x18f \x01(\tH\x00R\nendpointIdB\x08\n\x06target"\x1e\n\x1cCancelControllerJo'
        b"bsResponse2\xa1\x05\n\nController\x12{\n\x14ExecuteControllerJob\x120.services.con"
        b"troller.ExecuteControllerJobRequest\x1a1.services.controller.Execut"
        b"eControllerJobResponse\x12\x8d\x01\n\x1aBatchExecuteControllerJobs\x126.services"
        b".controller.BatchExecuteControllerJobsRequest\x1a7.services.control"
        b"ler.BatchExecuteControllerJobsResponse\x12\x81\x01\n\x16GetControllerJobStatu"
        b"s\x122.services.controller.GetControllerJobStatusRequest\x1a3.services"
        b".controller.GetControllerJobStatusResponse\x12\x84\x01\n\x17GetControllerJobR"
        b"esults\x123.services.controller.GetControllerJobResultsRequest\x1a4.se"
        b"rvices.controller.GetControllerJobResultsResponse\x12{\n\x14CancelContr"
        b"ollerJobs\x120.services.controller.CancelControllerJobsRequest\x1a1.se"
        b"rvices.controller.CancelControllerJobsResponseb\x06proto3"
    ),
    (
        b"\n%anyqpu_grpc/rigetti/translation.proto\x12\x14services.translation\x1a a"
        b'nyqpu_grpc/rigetti/models.proto"\xfe\x01\n,TranslateQuilToEncryptedCont'
        b"rollerJobRequest\x120\n\x14quantum_processor_id\x18\x01 \x01(\tR\x12quantumProcessor"
        b"Id\x12!\n\x0cquil_program\x18\x02 \x01(\tR\x0bquilProgram\x12(\n\x0fnum_shots_value\x18\x03 \x01(\rH\x00"
        b"R\rnumShotsValue\x12B\n\x07options\x18\x04 \x01(\x0b2(.services.translation.Translat"
        b'ionOptionsR\x07optionsB\x0b\n\tnum_shots"\xb7\x01\n-TranslateQuilToEncryptedCon'
        b"trollerJobResponse\x12;\n\x03job\x18\x01 \x01(\x0b2).models.controller.EncryptedCon"
        b"trollerJobR\x03job\x12I\n\x08metadata\x18\x02 \x01(\x0b2-.services.translation.QuilTra"
        b'nslationMetadataR\x08metadata"\xcc\x01\n\x17QuilTranslationMetadata\x12m\n\x10readou'
        b"t_mappings\x18\x01 \x03(\x0b2B.services.translation.QuilTranslationMetadata."
        b"ReadoutMappingsEntryR\x0freadoutMappings\x1aB\n\x14ReadoutMappingsEntry\x12\x10\n"
        b'\x03key\x18\x01 \x01(\tR\x03key\x12\x14\n\x05value\x18\x02 \x01(\tR\x05value:\x028\x01"\xa0\x02\n\x12TranslationOptions'
        b'\x129\n\x06q_ctrl\x18\x01 \x01(\x0b2".services.translation.QCtrlOptionsR\x05qCtrl\x12D\n\tr'
        b"iverlane\x18\x02 \x01(\x0b2&.services.translation.RiverlaneOptionsR\triverlan"
        b"e\x128\n\x02v1\x18e \x01(\x0b2&.services.translation.BackendV1OptionsH\x00R\x02v1\x128\n\x02v"
        b"2\x18f \x01(\x0b2&.services.translation.BackendV2OptionsH\x00R\x02v2B\x15\n\x13transla"
        b'tion_backend"G\n\x0cQCtrlOptions\x12&\n\x0cfixed_layout\x18\x01 \x01(\x08H\x00R\x0bfixedLayou'
        b't\x88\x01\x01B\x0f\n\r_fixed_layout"\xb0\x02\n\x10RiverlaneOptions\x12y\n\x17qeci_configuration'
        b"_data\x18\x02 \x03(\x0b2A.services.translation.RiverlaneOptions.QeciConfigur"
        b"ationDataEntryR\x15qeciConfigurationData\x12W\n)qeci_max_nanoseconds_un"
        b"til_read_available\x18\x03 \x01(\x04R$qeciMaxNanosecondsUntilReadAvailable\x1aH"
        b"\n\x1aQeciConfigurationDataEntry\x12\x10\n\x03key\x18\x01 \x01(\tR\x03key\x12\x14\n\x05value\x18\x02 \x01(\x0cR\x05v"
        b'alue:\x028\x01"\x12\n\x10BackendV1Options"\x8e\x04\n\x10BackendV2Options\x12E\n\x1cprepend_def'
        b"ault_calibrations\x18\x01 \x01(\x08H\x00R\x1aprependDefaultCalibrations\x88\x01\x01\x12B\n\x1bpass"
        b'ive_reset_delay_seconds\x18\x02 \x01(\x01H\x01R\x18passiveResetDelaySeconds\x88\x01\x01\x12P\n"'
        b"allow_unchecked_pointer_arithmetic\x18\x04 \x01(\x08H\x02R\x1fallowUncheckedPointe"
        b"rArithmetic\x88\x01\x01\x12=\n\x18allow_frame_redefinition\x18\x05 \x01(\x08H\x03R\x16allowFrameRe"
        b"definition\x88\x01\x01\x12<\n\x18store_all_readout_values\x18\x06 \x01(\x08H\x04R\x15storeAllReado"
        b"utValues\x88\x01\x01B\x1f\n\x1d_prepend_default_calibrationsB\x1e\n\x1c_passive_reset_d"
        b"elay_secondsB%\n#_allow_unchecked_pointer_arithmeticB\x1b\n\x19_allow_fr"
        b'ame_redefinitionB\x1b\n\x19_store_all_readout_values"d\n0GetQuantumProce'
        b"ssorQuilCalibrationProgramRequest\x120\n\x14quantum_processor_id\x18\x01 \x01(\tR"
        b'\x12quantumProcessorId"m\n1GetQuantumProcessorQuilCalibrationProgram'
        b"Response\x128\n\x18quil_calibration_program\x18\x01 \x01(\tR\x16quilCalibrationProgr"
        b"am2\xff\x02\n\x0bTranslation\x12\xb0\x01\n%TranslateQuilToEncryptedControllerJob\x12B.s"
        b"ervices.translation.TranslateQuilToEncryptedControllerJobRequest"
        b"\x1aC.services.translation.TranslateQuilToEncryptedControllerJobRes"
        b"ponse\x12\xbc\x01\n)GetQuantumProcessorQuilCalibrationProgram\x12F.services.t"
        b"ranslation.GetQuantumProcessorQuilCalibrationProgramRequest\x1aG.se"
        b"rvices.translation.GetQuantumProcessorQuilCalibrationProgramResp"
        b"onseb\x06proto3"
    ),
):
    POOL.AddSerializedFile(_file)


def message(name: str) -> Any:
    """Return the class of a message by its full name."""
    return GetMessageClass(POOL.FindMessageTypeByName(name))
