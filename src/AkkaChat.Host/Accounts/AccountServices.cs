using System.Data.Common;
using AkkaChat.Host.Administration;
using AkkaChat.Host.Http;
using AkkaChat.Host.Settings;
using AkkaChat.Host.Storage;
using AkkaChat.Host.Transfer;
using AkkaChat.Host.Uploads;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AkkaChat.Host.Accounts;

/// <summary>The HTTP half of the chat application: accounts, log-ins, uploads, administration.</summary>
internal static class AccountServices
{
    private const int LargestRequest = 64 << 10;

    /// <summary>Adds it, and the chat's database.</summary>
    /// <exception cref="AkkaChatConfigurationException">A setting of the chat is not valid.</exception>
    public static void AddChatAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = ChatSettings.Read(builder.Configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(_ => new ChatDatabase(DialectOf(settings)));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        RequestLimits.Add(services, settings);
        AddAccounts(services);
        AddUploads(services);
        AddAdministration(services);
    }

    /// <summary>Makes or migrates the tables. Before the server starts.</summary>
    /// <exception cref="ChatDataException">The database can't be used.</exception>
    public static async Task OpenChatDatabaseAsync(this WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<ChatDatabase>().OpenAsync();
        }
        catch (DbException exception)
        {
            throw Unusable(app.Services.GetRequiredService<ChatSettings>(), exception);
        }
    }

    /// <summary>Maps its endpoints, below <c>/api</c> and <c>/files</c>.</summary>
    public static void MapChatAccounts(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), AnswerInWords);
        app.UseRateLimiter();
        var api = app.MapGroup("/api").AddEndpointFilter<CrossSiteFilter>().WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        var services = app.Services;
        services.GetRequiredService<SiteEndpoint>().Map(api);
        services.GetRequiredService<AccountEndpoints>().Map(api);
        services.GetRequiredService<LoginEndpoints>().Map(api);
        services.GetRequiredService<UploadEndpoints>().Map(api, app);
        services.GetRequiredService<AdminEndpoints>().Map(api);
        services.GetRequiredService<TransferEndpoints>().Map(api);
        services.GetRequiredService<SiteConnections>().Map();
    }

    private static ISqlDialect DialectOf(ChatSettings settings)
    {
        try
        {
            return settings.Database is { } connection ? new PostgreSqlDialect(connection) : new SqliteDialect(settings.DatabaseFile);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(settings, exception);
        }
    }

    private static ChatDataException Unusable(ChatSettings settings, Exception exception) => new(settings.Database is null
        ? $"The file {settings.DatabaseFile} can't be opened: {exception.Message} AKKACHAT_DATA names another folder."
        : $"The database of Chat:Database can't be opened: {exception.Message}");

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddSingleton<AccountStore>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<Registration>();
        services.AddSingleton<Logins>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<SiteEndpoint>();
        services.AddSingleton<AccountEndpoints>();
        services.AddSingleton<LoginEndpoints>();
        services.AddHostedService<ExpiredLogins>();
        services.AddAuthentication(ChatLoginHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ChatLoginHandler>(ChatLoginHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(AdminEndpoints.Administrators, policy => policy.RequireRole(SiteRole.Administrator))
            .AddPolicy(AdminEndpoints.Moderators, policy => policy.RequireRole(SiteRole.Administrator, SiteRole.Moderator));
    }

    private static void AddUploads(IServiceCollection services)
    {
        services.AddSingleton<UploadStore>();
        services.AddSingleton<UploadFolder>();
        services.AddSingleton<UploadReceiver>();
        services.AddSingleton<UploadEndpoints>();
        services.AddHostedService<ForgottenUploads>();
    }

    private static void AddAdministration(IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<SiteStore>();
        services.AddSingleton<SiteConnections>();
        services.AddSingleton<PeopleAdministration>();
        services.AddSingleton<AdminEndpoints>();
    }

    /// <summary>What ends without an answer of its own, as a body that is no JSON does, is answered in words too.</summary>
    private static void AnswerInWords(IApplicationBuilder api)
    {
        api.UseStatusCodePages(status => Refusal.Of(status.HttpContext.Response.StatusCode).ExecuteAsync(status.HttpContext));
        api.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Refusal.Of(StatusOf(context)).ExecuteAsync(context),
            AllowStatusCode404Response = true,
        });
        api.Use((context, next) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
    }

    private static int StatusOf(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Error switch
    {
        BadHttpRequestException exception => exception.StatusCode,
        TimeoutException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
