using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using AkkaChat.Nodes;
using Microsoft.AspNetCore.Mvc;

namespace AkkaChat.Web.Api;

/// <summary>Requests and answers of the API as JSON: strict in what it takes, and without reflection.</summary>
internal sealed class ApiJson
{
    /// <summary>Arrays and objects around an argument, in a batch.</summary>
    private const int Envelope = 5;

    private readonly ApiJsonContext _context;

    /// <param name="maxDepth">Arrays and objects inside each other in one argument.</param>
    public ApiJson(int maxDepth) => _context = new ApiJsonContext(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = maxDepth + Envelope,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter<CallResult>(JsonNamingPolicy.CamelCase) },
    });

    /// <summary>Reads a request.</summary>
    /// <exception cref="ApiException">It is not JSON, or a member has the wrong type.</exception>
    public T Read<T>(ReadOnlySpan<byte> body)
        where T : class
    {
        if (!Utf8.IsValid(body))
        {
            throw ApiException.Invalid(null, "The body is not UTF-8.");
        }

        try
        {
            return JsonSerializer.Deserialize(body, TypeOf<T>()) ?? throw NotAnObject();
        }
        catch (JsonException exception)
        {
            throw Explain(exception);
        }
    }

    /// <summary>Reads one command of several.</summary>
    /// <exception cref="ApiException">A member has the wrong type.</exception>
    public T Read<T>(JsonElement command)
        where T : class
    {
        try
        {
            return command.Deserialize(TypeOf<T>()) ?? throw NotAnObject();
        }
        catch (JsonException exception)
        {
            throw Explain(exception);
        }
    }

    public byte[] Write(object answer) => JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), _context);

    private JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)_context.GetTypeInfo(typeof(T))!;

    private static ApiException NotAnObject() => ApiException.Invalid(null, "The body is not a JSON object.");

    /// <summary>In the API's own words: those of the serializer speak of types that nobody outside knows.</summary>
    private static ApiException Explain(JsonException exception)
    {
        var path = exception.Path?.TrimStart('$', '.');
        return string.IsNullOrEmpty(path)
            ? ApiException.Invalid(null, "The body is not a JSON object, is nested too deep, or has a member twice.")
            : ApiFields.Wrong(path);
    }
}

/// <summary>The types that the API reads and writes.</summary>
[JsonSerializable(typeof(EmitRequest))]
[JsonSerializable(typeof(CallRequest))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(LeaveRequest))]
[JsonSerializable(typeof(DisconnectRequest))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(EmitResponse))]
[JsonSerializable(typeof(CallResponse))]
[JsonSerializable(typeof(DoneResponse))]
[JsonSerializable(typeof(RoomsResponse))]
[JsonSerializable(typeof(SocketsResponse))]
[JsonSerializable(typeof(CountResponse))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(ClusterReport))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
